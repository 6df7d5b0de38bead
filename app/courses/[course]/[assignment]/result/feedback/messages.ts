'use client'

import { usePreferences } from '@/app/components/preferences'
import type { Language } from '@/app/messages/language'
import type { MeasuredModel } from '@/lib/feedback/view'

/** What stands around the sentences of feedback. Apart from the dictionaries: only results need it. */
export interface FeedbackMessages {
  readonly title: string
  readonly holds: string
  readonly fails: string
  readonly open: string
  readonly showInFigure: string
  readonly solid: string
  readonly dashed: string
  readonly frame: string
  /** What is pointed out, and by which of these. */
  readonly pointedOut: (name: string, by: string) => string
  readonly keyNote: string
  readonly model: (model: MeasuredModel) => string
  readonly reasoned: string
  readonly measuring: string
  readonly notMeasured: string
  readonly notComputable: string
}

const en: FeedbackMessages = {
  title: 'What the model shows',
  holds: 'True of the model',
  fails: 'Not true of the model',
  open: 'Left open by the measurement',
  showInFigure: 'Show in the figure',
  solid: 'solid line',
  dashed: 'dashed line',
  frame: 'frame',
  pointedOut: (name, by) => `${name} (${by})`,
  keyNote: 'Why the key stands',
  model: ({ name, insteadOf }) =>
    insteadOf ? `Measured on ${name}, which stands in for ${insteadOf} here.` : `Measured on ${name}.`,
  reasoned: 'The key follows from a definition; there is nothing to measure.',
  measuring: 'The model is being measured for this question. Reload the page in a few minutes.',
  notMeasured: 'The model has not been measured for this version of the question.',
  notComputable: 'It could not be measured here.',
}

const zh: FeedbackMessages = {
  title: '模型的實際表現',
  holds: '在模型上成立',
  fails: '在模型上不成立',
  open: '量測無法判斷',
  showInFigure: '在圖中標出',
  solid: '實線',
  dashed: '虛線',
  frame: '外框',
  pointedOut: (name, by) => `${name}（${by}）`,
  keyNote: '為什麼仍以此為正解',
  model: ({ name, insteadOf }) =>
    insteadOf ? `量測的模型：${name}（在這裡代替 ${insteadOf}）。` : `量測的模型：${name}。`,
  reasoned: '這題的正解由定義而來，不需要量測。',
  measuring: '正在為這題量測模型，請幾分鐘後重新整理頁面。',
  notMeasured: '這個版本的題目還沒有在模型上量測。',
  notComputable: '這裡無法量測。',
}

const dictionaries: Readonly<Record<Language, FeedbackMessages>> = { zh, en }

/** The texts in the language of the interface. */
export function useFeedbackMessages(): FeedbackMessages {
  return dictionaries[usePreferences().language.interface]
}
