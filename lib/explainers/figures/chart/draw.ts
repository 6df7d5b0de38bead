import type { Bilingual } from '../../bilingual'
import type { ChartPanel } from '../document'
import { attentionScene } from './attention-scene'
import { matrixScene } from './matrix-scene'
import { plotScene } from './plot-scene'
import type { Scene } from './scene'

/** @returns the geometry of a chart with its words in one language. */
export function sceneOf(panel: ChartPanel, language: keyof Bilingual): Scene {
  switch (panel.kind) {
    case 'attention':
      return attentionScene(panel)
    case 'matrix':
      return matrixScene(panel, language)
    case 'plot':
      return plotScene(panel, language)
  }
}
