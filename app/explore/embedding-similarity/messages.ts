'use client'

import { usePreferences } from '@/app/components/preferences'
import type { Language } from '@/app/messages/language'
import type { SimilarityMetric } from '@/lib/explorations/view'

export interface SimilarityMessages {
  readonly sentences: string
  readonly sentencesHint: string
  readonly everywhere: string
  readonly edit: string
  readonly done: string
  readonly cancel: string
  readonly reset: string
  readonly add: string
  readonly remove: (number: number) => string
  readonly sentence: (number: number) => string
  readonly groups: Readonly<Record<'fruit' | 'company', string>>
  readonly group: (number: number) => string
  readonly compared: (text: string) => string
  readonly model: string
  readonly metric: string
  readonly metrics: Readonly<Record<SimilarityMetric, string>>
  readonly matrix: (metric: string, layer: number) => string
  readonly matrixHint: string
  readonly scale: Readonly<Record<SimilarityMetric, string>>
  readonly cell: (one: number, other: number, value: string) => string
  readonly blocks: string
  readonly blocksHint: string
  readonly within: (group: string) => string
  readonly between: string
  readonly none: string
  readonly trend: string
  readonly first: string
  readonly second: string
  readonly pair: (one: number, other: number) => string
  readonly inputs: string
  readonly inputsHint: string
  readonly difference: Readonly<Record<'position' | 'length' | 'occurrences', string>>
  readonly pairs: string
  readonly computing: string
  readonly ready: (sentences: number) => string
}

const en: SimilarityMessages = {
  sentences: 'Sentences',
  sentencesHint:
    'What is marked is compared. Press a character to choose it, one beside it to add it, one at the end to take it away.',
  everywhere: 'Compare in every sentence',
  edit: 'Edit the sentences',
  done: 'Done',
  cancel: 'Cancel',
  reset: 'The given sentences',
  add: 'Add a sentence',
  remove: (number) => `Remove sentence ${number}`,
  sentence: (number) => `Sentence ${number}`,
  groups: { fruit: 'Fruit', company: 'Company' },
  group: (number) => `Group of sentence ${number}`,
  compared: (text) => `compared: ${text}`,
  model: 'Model',
  metric: 'Metric',
  metrics: { cosine: 'Cosine similarity', euclidean: 'Euclidean distance' },
  matrix: (metric, layer) => `${metric}, layer ${layer}`,
  matrixHint:
    'Rows and columns are the sentences above. Press a square to follow its pair through the layers.',
  scale: { cosine: 'brighter: more alike', euclidean: 'brighter: further apart' },
  cell: (one, other, value) => `Sentences ${one} and ${other}: ${value}`,
  blocks: 'Within and between the groups',
  blocksHint: 'Mean of the squares within each group, without the diagonal, and of those between the groups.',
  within: (group) => `within ${group.toLowerCase()}`,
  between: 'between the groups',
  none: 'none',
  trend: 'One pair through the layers',
  first: 'First sentence',
  second: 'Second sentence',
  pair: (one, other) => `Sentences ${one} and ${other}`,
  inputs: 'Before any layer',
  inputsHint:
    'Every pair of sentences at layer 0, against three things in which they may differ. The larger a dot, the more pairs stand there.',
  difference: {
    position: 'difference of positions',
    length: 'difference of lengths',
    occurrences: 'difference of occurrences',
  },
  pairs: 'Pairs',
  computing: 'Computing …',
  ready: (sentences) => `Ready: ${sentences} sentences.`,
}

const zh: SimilarityMessages = {
  sentences: '句子',
  sentencesHint: '標示的字會拿來比較。按一個字就選它，按旁邊的字可以一起選，按兩端的字則取消。',
  everywhere: '每一句都比較',
  edit: '編輯句子',
  done: '完成',
  cancel: '取消',
  reset: '還原原有的句子',
  add: '新增句子',
  remove: (number) => `刪除第 ${number} 句`,
  sentence: (number) => `第 ${number} 句`,
  groups: { fruit: '水果', company: '公司' },
  group: (number) => `第 ${number} 句的類別`,
  compared: (text) => `比較：${text}`,
  model: '模型',
  metric: '比較指標',
  metrics: { cosine: '餘弦相似度', euclidean: '歐氏距離' },
  matrix: (metric, layer) => `${metric}，第 ${layer} 層`,
  matrixHint: '列與欄是上面的句子。按一格，就在下方看這一對在各層的變化。',
  scale: { cosine: '越亮越相似', euclidean: '越亮距離越遠' },
  cell: (one, other, value) => `第 ${one} 句與第 ${other} 句：${value}`,
  blocks: '類別之內與類別之間',
  blocksHint: '各類別內部（不含對角線）的平均，以及兩類別之間的平均。',
  within: (group) => `${group}之內`,
  between: '兩類別之間',
  none: '無',
  trend: '一對句子在各層的變化',
  first: '第一個句子',
  second: '第二個句子',
  pair: (one, other) => `第 ${one} 句與第 ${other} 句`,
  inputs: '還沒經過任何一層時',
  inputsHint: '第 0 層裡每一對句子的數值，對照三種可能的差異。點越大，表示越多對落在那裡。',
  difference: { position: '位置的差', length: '句長的差', occurrences: '出現次數的差' },
  pairs: '句子對',
  computing: '計算中…',
  ready: (sentences) => `已算好，共 ${sentences} 句。`,
}

const dictionaries: Readonly<Record<Language, SimilarityMessages>> = { zh, en }

export function useSimilarityMessages(): SimilarityMessages {
  return dictionaries[usePreferences().language.interface]
}
