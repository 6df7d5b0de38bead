import { usePreferences } from '@/app/components/preferences'
import type { Language } from '@/app/messages/language'
import type { FigureIssue } from './figure-issues'

/** Texts of the figure editor and its workbench. */
export interface FigureEditorMessages {
  readonly layout: string
  readonly none: string
  readonly ofPictures: string
  readonly ofTexts: string
  readonly loading: string
  readonly unread: string
  readonly again: string
  readonly picture: (name: number | string, title: string) => string
  readonly layers: string
  readonly layer: (index: number, type: string, channels: number) => string
  readonly sentence: (number: number, text: string) => string
  readonly first: string
  readonly second: string
  readonly pieces: (count: number) => string
  readonly readAs: string
  readonly noWords: string
  readonly nothingToSet: string
  readonly issue: (issue: FigureIssue) => string
  readonly preview: string
  readonly previewAgain: string
  readonly asking: string
  readonly cancel: string
  readonly cancelled: string
  readonly changed: string
  readonly incomplete: string
  readonly empty: string
  readonly meanwhile: string
  readonly nextStep: string
  readonly unreachable: string
  readonly took: (seconds: string) => string
  readonly title: string
  readonly lead: string
  readonly settingA: string
  readonly settingB: string
  readonly compare: string
  readonly closeCompare: string
  readonly copyAToB: string
  readonly differences: string
  readonly same: string
  readonly setting: string
  readonly useIn: string
  readonly question: (label: string, prompt: string) => string
  readonly choose: string
  readonly intoDraft: string
  readonly kept: (label: string) => string
  readonly openQuestion: string
  readonly draftConflict: string
}

const en: FigureEditorMessages = {
  layout: 'Kind of figure',
  none: 'No figure',
  ofPictures: 'Pictures',
  ofTexts: 'Texts',
  loading: 'Reading what figures can be made of',
  unread: 'What figures can be made of could not be read.',
  again: 'Try again',
  picture: (name, title) => (typeof name === 'number' ? `Picture ${name}: ${title}` : title),
  layers: 'Layers',
  layer: (index, type, channels) => `Layer ${index}, ${type}, ${channels} filters`,
  sentence: (number, text) => `${number}. ${text}`,
  first: 'First sentence',
  second: 'Second sentence',
  pieces: (count) => `${count} pieces`,
  readAs: 'The model reads',
  noWords: 'Write the sentence first.',
  nothingToSet: 'This method has nothing to set here.',
  issue: (issue) => {
    switch (issue.kind) {
      case 'no-model':
        return `There is no model ${issue.name} here.`
      case 'no-picture':
        return `There is no picture ${issue.name} here.`
      case 'no-corpus':
        return `There is no corpus ${issue.name} here.`
      case 'out-of-range':
        return `${issue.subject} has ${issue.least} to ${issue.most} only.`
      case 'not-in-sentence':
        return `“${issue.word}” is no word of the sentence.`
      case 'not-in-every-sentence':
        return `“${issue.word}” does not stand in sentence ${issue.number}.`
    }
  },
  preview: 'Preview',
  previewAgain: 'Preview these settings',
  asking: 'Asking for the figure',
  cancel: 'Cancel',
  cancelled: 'Cancelled.',
  changed: 'The settings have changed since this figure was made.',
  incomplete: 'Correct what is marked, then look at the figure.',
  empty: 'The figure appears here.',
  meanwhile: 'You can change the settings meanwhile.',
  nextStep: 'Change the settings, and try again.',
  unreachable: 'The server could not be reached. Please try again.',
  took: (seconds) => `Computed in ${seconds} s`,
  title: 'Figure workbench',
  lead: 'Try settings out on the running models, and compare two of them. Nothing here changes a question.',
  settingA: 'Setting A',
  settingB: 'Setting B',
  compare: 'Compare with another setting',
  closeCompare: 'Close B',
  copyAToB: 'Copy A to B',
  differences: 'What differs',
  same: 'Both settings are the same.',
  setting: 'Setting',
  useIn: 'Use in a question',
  question: (label, prompt) => `${label}. ${prompt}`,
  choose: 'Choose a question',
  intoDraft: 'Put into its draft',
  kept: (label) => `The draft of question ${label} has this figure now.`,
  openQuestion: 'Open the question',
  draftConflict: 'Somebody else saved this question meanwhile. Please try again.',
}

const zh: FigureEditorMessages = {
  layout: '圖的種類',
  none: '沒有圖',
  ofPictures: '圖片',
  ofTexts: '文字',
  loading: '正在讀取可用的素材',
  unread: '無法讀取可用的素材。',
  again: '再試一次',
  picture: (name, title) => (typeof name === 'number' ? `圖片 ${name}：${title}` : title),
  layers: '各層',
  layer: (index, type, channels) => `第 ${index} 層，${type}，${channels} 個濾波器`,
  sentence: (number, text) => `${number}. ${text}`,
  first: '第一個句子',
  second: '第二個句子',
  pieces: (count) => `${count} 個詞元`,
  readAs: '模型讀到的詞',
  noWords: '請先輸入句子。',
  nothingToSet: '這個方法在此沒有可設定的參數。',
  issue: (issue) => {
    switch (issue.kind) {
      case 'no-model':
        return `這裡沒有模型「${issue.name}」。`
      case 'no-picture':
        return `這裡沒有圖片「${issue.name}」。`
      case 'no-corpus':
        return `這裡沒有語料「${issue.name}」。`
      case 'out-of-range':
        return `${issue.subject} 只有 ${issue.least} 到 ${issue.most}。`
      case 'not-in-sentence':
        return `句子裡沒有「${issue.word}」這個詞。`
      case 'not-in-every-sentence':
        return `第 ${issue.number} 個句子裡沒有「${issue.word}」。`
    }
  },
  preview: '預覽',
  previewAgain: '預覽目前的設定',
  asking: '正在送出請求',
  cancel: '取消',
  cancelled: '已取消。',
  changed: '這張圖算出之後，設定又有更動。',
  incomplete: '請先更正標示的欄位，再看圖。',
  empty: '圖會出現在這裡。',
  meanwhile: '計算期間可以繼續更改設定。',
  nextStep: '請更改設定後再試一次。',
  unreachable: '無法連線到伺服器，請再試一次。',
  took: (seconds) => `計算時間 ${seconds} 秒`,
  title: '圖表工作台',
  lead: '用實際的模型試做圖，並排比較兩種設定。這裡的更動不會影響任何題目。',
  settingA: '設定 A',
  settingB: '設定 B',
  compare: '與另一種設定比較',
  closeCompare: '關閉 B',
  copyAToB: '把 A 複製到 B',
  differences: '不同之處',
  same: '兩種設定相同。',
  setting: '設定項目',
  useIn: '用於題目',
  question: (label, prompt) => `${label}. ${prompt}`,
  choose: '選擇題目',
  intoDraft: '放入草稿',
  kept: (label) => `第 ${label} 題的草稿已換成這張圖。`,
  openQuestion: '開啟題目',
  draftConflict: '有人先儲存了這一題，請再試一次。',
}

export const figureEditorDictionaries: Readonly<Record<Language, FigureEditorMessages>> = { en, zh }

export function useFigureEditorMessages(): FigureEditorMessages {
  return figureEditorDictionaries[usePreferences().language.interface]
}
