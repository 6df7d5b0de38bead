import { say } from '../figures/wording'

/** What the subjects of a measurement are. */
export type SubjectKind = keyof typeof subjectKinds

export const subjectKinds = {
  region: { each: say('各區域', 'each region'), counted: { zh: '個區域', en: 'regions' } },
  part: { each: say('各部分', 'each part'), counted: { zh: '個部分', en: 'parts' } },
  picture: { each: say('各圖片', 'each picture'), counted: { zh: '張圖片', en: 'pictures' } },
  sign: { each: say('各種權重', 'each sign'), counted: { zh: '種權重', en: 'signs' } },
  colour: { each: say('遮住各種顏色', 'either colour hidden'), counted: { zh: '種顏色', en: 'colours' } },
  method: { each: say('各種方法', 'each method'), counted: { zh: '種方法', en: 'methods' } },
  solid: { each: say('各種立體圖形', 'each solid'), counted: { zh: '種立體圖形', en: 'solids' } },
  steps: {
    each: say('各種 steps', 'each number of steps'),
    counted: { zh: '種 steps', en: 'numbers of steps' },
  },
  model: { each: say('各種模型', 'each model'), counted: { zh: '種模型', en: 'models' } },
  copies: {
    each: say('各種副本數', 'each number of copies'),
    counted: { zh: '種副本數', en: 'numbers of copies' },
  },
  layer: { each: say('各層', 'each layer'), counted: { zh: '層', en: 'layers' } },
  group: { each: say('各組層', 'each group of layers'), counted: { zh: '組層', en: 'groups of layers' } },
  target: { each: say('各種 token', 'each target'), counted: { zh: '種 token', en: 'targets' } },
  word: { each: say('各個字', 'each word'), counted: { zh: '個候選字', en: 'candidate words' } },
  choice: { each: say('各種比較方式', 'each choice'), counted: { zh: '種比較方式', en: 'choices' } },
  property: { each: say('各種性質', 'each property'), counted: { zh: '種性質', en: 'properties' } },
  number: { each: say('各數值', 'each number'), counted: { zh: '個數值', en: 'numbers' } },
} as const

const small = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

/** @returns "four"; digits from eleven on. */
export function countWord(count: number): string {
  return small[count] ?? String(count)
}
