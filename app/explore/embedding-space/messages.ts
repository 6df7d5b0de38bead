'use client'

import { usePreferences } from '@/app/components/preferences'
import type { Language } from '@/app/messages/language'
import type { SpaceToken } from '@/lib/explorations/view'

interface Measure {
  readonly name: string
  readonly meaning: string
}

export interface SpaceMessages {
  readonly passage: string
  readonly own: string
  readonly ownHint: string
  readonly question: string
  readonly context: string
  readonly answer: string
  readonly answerHint: string
  readonly run: string
  readonly model: string
  readonly modelAnswers: string
  readonly probability: (percent: string) => string
  readonly drawnAnswer: (text: string, source: 'given' | 'predicted') => string
  readonly plot: (layer: number) => string
  readonly plotAbout: (layer: number, tokens: number) => string
  readonly axes: (first: string, second: string) => string
  readonly kinds: Readonly<Record<Exclude<SpaceToken['kind'], 'special'>, string>>
  readonly pointHint: string
  readonly pointsTable: (layer: number) => string
  readonly token: string
  readonly kind: string
  readonly component: (number: number) => string
  readonly allLayers: string
  readonly allLayersHint: string
  readonly measures: string
  readonly measuresHint: string
  readonly answerDistance: Measure
  readonly questionCosine: Measure
  readonly relevant: string
  readonly rest: string
  readonly purity: Measure
  readonly measured: string
  readonly chance: string
  readonly computing: string
  readonly ready: (tokens: number) => string
}

const en: SpaceMessages = {
  passage: 'Question and passage',
  own: 'Your own',
  ownHint: 'In English. The question’s answer should stand in the passage, word for word.',
  question: 'Question',
  context: 'Passage',
  answer: 'Answer in the passage',
  answerHint: 'may stay empty; then it is what the model answers',
  run: 'Run',
  model: 'Model',
  modelAnswers: 'The model answers',
  probability: (percent) => `with probability ${percent}`,
  drawnAnswer: (text, source) =>
    source === 'given' ? `Drawn as the answer: “${text}”` : 'Drawn as the answer: what the model answers',
  plot: (layer) => `Layer ${layer}`,
  plotAbout: (layer, tokens) =>
    `${tokens} tokens of question, passage and answer at the output of layer ${layer}, by their two principal components. The table below has the same numbers.`,
  axes: (first, second) =>
    `The two principal components hold ${first} and ${second} of the variance. Both axes have one scale; each layer is fitted to the frame.`,
  kinds: { question: 'Question', context: 'Passage', answer: 'Answer' },
  pointHint: 'Point at a mark to read its token.',
  pointsTable: (layer) => `The points of layer ${layer} as a table`,
  token: 'Token',
  kind: 'Part',
  component: (number) => `Component ${number}`,
  allLayers: 'All layers',
  allLayersHint: 'Choose one to see it large.',
  measures: 'Measured in the whole space',
  measuresHint:
    'A projection keeps only two directions of several hundred. These numbers are measured before it, in all of them.',
  answerDistance: {
    name: 'Distance of the answer',
    meaning: 'from the centre of the other words, as a multiple of their mean distance from it',
  },
  questionCosine: {
    name: 'Question and sentence',
    meaning: 'cosine of the question with the sentence that holds the answer, and with the others',
  },
  relevant: 'sentence with the answer',
  rest: 'other sentences',
  purity: {
    name: 'Neighbours from the same sentence',
    meaning: 'share of a word’s five nearest words of the passage that stand in its own sentence',
  },
  measured: 'measured',
  chance: 'by chance',
  computing: 'Computing …',
  ready: (tokens) => `Ready: ${tokens} tokens.`,
}

const zh: SpaceMessages = {
  passage: '問題與文章',
  own: '自己輸入',
  ownHint: '請輸入英文。答案最好逐字出現在文章裡。',
  question: '問題',
  context: '文章',
  answer: '文章中的答案',
  answerHint: '可以留空，此時以模型的回答為準',
  run: '執行',
  model: '模型',
  modelAnswers: '模型的回答',
  probability: (percent) => `機率 ${percent}`,
  drawnAnswer: (text, source) =>
    source === 'given' ? `圖中標示的答案：「${text}」` : '圖中標示的答案：模型的回答',
  plot: (layer) => `第 ${layer} 層`,
  plotAbout: (layer, tokens) =>
    `第 ${layer} 層輸出中，問題、文章與答案的 ${tokens} 個 token 依前兩個主成分排列。下方表格有相同的數值。`,
  axes: (first, second) =>
    `前兩個主成分各占變異的 ${first} 與 ${second}。兩軸比例尺相同，每一層各自縮放到畫框大小。`,
  kinds: { question: '問題', context: '文章', answer: '答案' },
  pointHint: '指向一個點，可以看它是哪個 token。',
  pointsTable: (layer) => `以表格顯示第 ${layer} 層的點`,
  token: 'Token',
  kind: '部分',
  component: (number) => `主成分 ${number}`,
  allLayers: '所有層',
  allLayersHint: '點選一層即可放大。',
  measures: '在整個空間裡量到的數值',
  measuresHint: '投影只留下幾百個方向中的兩個。以下數值在投影之前、於所有方向上計算。',
  answerDistance: {
    name: '答案的距離',
    meaning: '答案到其他字中心的距離，除以其他字到中心的平均距離',
  },
  questionCosine: {
    name: '問題與句子',
    meaning: '問題與含有答案的句子、以及與其他句子的餘弦相似度',
  },
  relevant: '含答案的句子',
  rest: '其他句子',
  purity: {
    name: '同一句的鄰居',
    meaning: '文章中每個字最近的五個字裡，和它在同一句的比例',
  },
  measured: '實測',
  chance: '隨機時',
  computing: '計算中…',
  ready: (tokens) => `已算好，共 ${tokens} 個 token。`,
}

const dictionaries: Readonly<Record<Language, SpaceMessages>> = { zh, en }

export function useSpaceMessages(): SpaceMessages {
  return dictionaries[usePreferences().language.interface]
}
