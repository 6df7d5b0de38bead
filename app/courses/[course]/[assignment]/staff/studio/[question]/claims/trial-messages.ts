import { usePreferences } from '@/app/components/preferences'
import type { Language } from '@/app/messages/language'

interface TrialMessages {
  readonly title: string
  readonly hint: string
  readonly start: string
  readonly again: string
  readonly cancel: string
  readonly queued: string
  readonly measuring: (done: number, total: number) => string
  readonly failed: string
  readonly unreachable: string
  readonly incomplete: string
  readonly changed: string
  readonly on: (models: string) => string
  readonly option: (letter: string) => string
  readonly correct: string
  readonly noClaim: string
  readonly margin: (margin: string) => string
  readonly numbers: string
}

const dictionaries: Readonly<Record<Language, TrialMessages>> = {
  en: {
    title: 'Try it on the model',
    hint: 'Measures now, without publishing: what is true of the model, and by how much.',
    start: 'Measure now',
    again: 'Measure again',
    cancel: 'Cancel',
    queued: 'Waiting for the worker …',
    measuring: (done, total) => `Measuring: ${done} of ${total} …`,
    failed: 'The measurement failed; the reason is in the worker’s log. Try again.',
    unreachable: 'The server cannot be reached. Try again.',
    incomplete: 'Complete a measurement first.',
    changed: 'What is written has changed since: measure again.',
    on: (models) => `Measured on ${models}.`,
    option: (letter) => `Option ${letter}`,
    correct: 'key',
    noClaim: 'no claim',
    margin: (margin) => `margin ${margin}`,
    numbers: 'All numbers',
  },
  zh: {
    title: '在模型上試試看',
    hint: '不必發布，現在就量測：哪些選項對這個模型成立、差距多大。',
    start: '開始量測',
    again: '重新量測',
    cancel: '取消',
    queued: '等待 worker …',
    measuring: (done, total) => `量測中：${done}／${total} …`,
    failed: '量測失敗，原因在 worker 的紀錄裡。請再試一次。',
    unreachable: '無法連線到伺服器，請再試一次。',
    incomplete: '請先完成一項量測。',
    changed: '內容已經修改，請重新量測。',
    on: (models) => `量測的模型：${models}。`,
    option: (letter) => `選項 ${letter}`,
    correct: '正解',
    noClaim: '沒有主張',
    margin: (margin) => `差距 ${margin}`,
    numbers: '所有數值',
  },
}

export function useTrialMessages(): TrialMessages {
  return dictionaries[usePreferences().language.interface]
}
