import type { ChartPanel, ImagePanel, Panel } from '@/lib/explainers/figures/document'

/** Panels that can be looked at one by one, as large as the screen. */
export type ZoomablePanel = ImagePanel | ChartPanel

export function isZoomable(panel: Panel): panel is ZoomablePanel {
  return panel.kind === 'image' || isChart(panel)
}

export function isChart(panel: Panel): panel is ChartPanel {
  return panel.kind === 'attention' || panel.kind === 'matrix' || panel.kind === 'plot'
}
