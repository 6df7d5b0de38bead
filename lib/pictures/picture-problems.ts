import type { Bilingual } from '@/lib/explainers/bilingual'
import { refusals, setLimits } from '@/lib/pictures/refusal'

/** Why a zip, or a file in it, is not taken. */
export const setProblems = {
  ...refusals,
  'not-a-zip': { zh: '這不是 zip 檔，或檔案不完整。', en: 'This is no zip file, or it is cut short.' },
  'no-pictures': { zh: 'zip 裡沒有圖片。', en: 'There is no picture in the zip.' },
  'too-many-files': {
    zh: `檔案太多，最多 ${setLimits.files} 個。`,
    en: `It holds too many files: at most ${setLimits.files}.`,
  },
  'zip-too-large': {
    zh: `zip 太大，最多 ${setLimits.bytes / 1024 / 1024} MB。`,
    en: `The zip is too large: at most ${setLimits.bytes / 1024 / 1024} MB.`,
  },
  'unpacks-too-large': {
    zh: `解開後太大，最多 ${setLimits.unpacked / 1024 / 1024} MB。`,
    en: `It unpacks to too much: at most ${setLimits.unpacked / 1024 / 1024} MB.`,
  },
  'packed-too-tight': {
    zh: '壓縮比過高，不像圖片，因此沒有解開。',
    en: 'It is packed tighter than pictures can be, and was not unpacked.',
  },
  encrypted: { zh: 'zip 有密碼保護。請移除密碼。', en: 'The zip is encrypted. Remove the password.' },
  'unsafe-name': {
    zh: '檔名指向 zip 以外的位置。',
    en: 'A name in it points outside the zip.',
  },
  name: {
    zh: '檔名應為「類別編號_編號」，例如 3_12.jpg。',
    en: 'The name should be class_number, such as 3_12.jpg.',
  },
  'name-twice': { zh: '同一個檔名出現兩次。', en: 'Two files have this name.' },
  twice: { zh: '同一張圖片出現兩次。', en: 'The same picture is there twice.' },
} as const satisfies Record<string, Bilingual>

export type SetReason = keyof typeof setProblems

/** @property file null: the zip as a whole */
export interface SetProblem {
  readonly file: string | null
  readonly reason: SetReason
}
