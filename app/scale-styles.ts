import { chartColours } from '@/lib/explainers/figures/chart/colours'
import { colourStops, markColours } from '@/lib/explainers/figures/colour-maps'

const scales = ['viridis', 'hot', 'signed', 'magnitude'] as const

/**
 * The figures' colour maps and marks as CSS variables, from the definitions that draw the figures, so that a bar
 * can never show other colours than its map, and no colour code is sent to the browser.
 */
export const scaleStyles = `:root{${[
  ...scales.map((name) => `--scale-${name}:linear-gradient(to right,${colourStops(name, 24).join(',')})`),
  ...Object.entries(chartColours).map(
    ([name, { light, dark }]) => `--chart-${name}:light-dark(${light},${dark})`,
  ),
  ...Object.entries(markColours).map(([mark, colour]) => `--mark-${mark}:${colour}`),
].join(';')}}`
