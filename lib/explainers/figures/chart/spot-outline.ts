import type { Bilingual } from '../../bilingual'
import type { ChartPanel } from '../document'
import type { Spot } from '../spots'
import { tokenBox } from './attention-scene'
import { sceneOf } from './draw'
import { rowBox } from './matrix-scene'
import { plotArea } from './plot-scene'
import { mark, rectangle } from './scene'

const POINT = 8

/** @returns the outline of a spot as SVG path data, in the units of the chart's scene; the whole chart where it has no such part. */
export function spotOutline(panel: ChartPanel, spot: Spot, language: keyof Bilingual): string {
  if (spot.at === 'token' && panel.kind === 'attention') return tokenBox(panel, spot.position)
  if (spot.at === 'row' && panel.kind === 'matrix') return rowBox(panel, spot.row, language)
  if (spot.at === 'point' && panel.kind === 'plot') {
    const area = plotArea(panel)
    return mark('circle', area.x(spot.x), area.y(spot.y), POINT)
  }
  const { width, height } = sceneOf(panel, language)
  return rectangle(2, 2, width - 4, height - 4)
}
