import { usePreferences } from '@/app/components/preferences'
import type { Language } from '@/app/messages/language'
import type { Trend } from '@/lib/explainers/claims/claim'
import type { ClaimProblem, Joint, Operator } from '@/lib/explainers/claims/claim-drafting'
import type { MeasurementName } from '@/lib/explainers/claims/measurement'

export interface ClaimMessages {
  readonly measurements: string
  readonly measurementsHint: string
  readonly addMeasurement: string
  readonly fitting: string
  readonly more: string
  readonly add: string
  readonly remove: (name: string) => string
  readonly unfinished: string
  readonly refused: string
  readonly claims: string
  readonly claimOf: (letter: string) => string
  readonly demonstration: string
  readonly demonstrationHint: string
  readonly demonstrated: string
  readonly noClaim: string
  readonly addClaim: string
  readonly comparisons: (count: number) => string
  readonly addTerm: string
  readonly removeTerm: (number: number) => string
  readonly joint: string
  readonly joints: Readonly<Record<Joint, string>>
  readonly term: (number: number) => string
  readonly negated: string
  readonly of: string
  readonly operator: string
  readonly operators: Readonly<Record<Operator, string>>
  readonly subject: string
  readonly other: string
  readonly than: string
  readonly to: string
  readonly among: string
  readonly amongHint: string
  readonly trend: string
  readonly trends: Readonly<Record<Trend, string>>
  readonly number: string
  readonly noSubjects: string
  readonly problem: (problem: ClaimProblem) => string
  readonly accepted: string
  readonly acceptedHint: string
  readonly disputed: string
  readonly disputedHint: string
  readonly names: Readonly<Record<MeasurementName, string>>
}

const en: ClaimMessages = {
  measurements: 'Measurements',
  measurementsHint: 'What is measured of the model. Claims compare these numbers.',
  addMeasurement: 'Another measurement',
  fitting: 'About this figure',
  more: 'More',
  add: 'Add',
  remove: (name) => `Remove ${name}`,
  unfinished: 'Not complete yet. The draft keeps it; it counts when every field is right.',
  refused: 'This value is not possible here.',
  claims: 'What each option says of the model',
  claimOf: (letter) => `Claim of option ${letter}`,
  demonstration: 'A measurement shows it at work',
  demonstrationHint: 'The key stands whatever is measured; the demonstration is shown beside it.',
  demonstrated: 'What it should show',
  noClaim: 'No claim yet.',
  addClaim: 'Add a claim',
  comparisons: (count) => `Comparisons (${count})`,
  addTerm: 'Add a comparison',
  removeTerm: (number) => `Remove comparison ${number}`,
  joint: 'True when',
  joints: { all: 'all comparisons are true', any: 'at least one comparison is true' },
  term: (number) => `Comparison ${number}`,
  negated: 'not',
  of: 'Measurement',
  operator: 'Comparison',
  operators: {
    highest: 'is highest',
    lowest: 'is lowest',
    strongest: 'is largest in magnitude',
    above: 'is above a number',
    below: 'is below a number',
    exceeds: 'is above another',
    nearest: 'is nearest to a number of several',
    from: 'is the first from which all are above',
    trend: 'all together: trend',
  },
  subject: 'Of what',
  other: 'Above what',
  than: 'Number',
  to: 'Nearest to',
  among: 'Among',
  amongHint: 'Numbers, with commas between them',
  trend: 'Trend',
  trends: {
    rises: 'rises',
    falls: 'falls',
    'rises-then-falls': 'rises, then falls',
    'falls-then-rises': 'falls, then rises',
  },
  number: 'Write a number.',
  noSubjects: 'There is nothing to compare yet: add a measurement and complete its settings first.',
  problem: (problem) => {
    switch (problem.kind) {
      case 'no-measurement':
        return `There is no measurement “${problem.of}”.`
      case 'no-subject':
        return `The measurement gives no number for “${problem.subject}”.`
      case 'with-itself':
        return `“${problem.subject}” is compared with itself.`
      case 'not-among':
        return `${problem.number} must be one of the numbers.`
    }
  },
  accepted: 'Why the key stands although the model contradicts it',
  acceptedHint: 'Only where a check contradicts the key. Shown to staff.',
  disputed: 'What else speaks against the key',
  disputedHint: 'Shown to staff beside the verdict.',
  names: {
    'region-weight': 'LIME weight of regions',
    'weight-signs': 'Signs of LIME weights in a region',
    'region-removal': 'Effect of covering regions',
    'colour-removal': 'Effect of hiding a colour of LIME',
    'map-disagreement': 'Disagreement of LIME and saliency',
    'region-enrichment': 'Attribution in regions',
    'food-enrichment': 'Attribution on the food',
    'map-overlap': 'Overlap of two maps',
    'solid-likeness': 'Likeness to solids',
    'steps-likeness': 'Likeness to many steps',
    'steps-contrast': 'Contrast by steps',
    'gradient-scale': 'Scale of gradients',
    'finite-differences': 'Gradient against finite differences',
    'normalization-effect': 'Effect of normalisation',
    'cascade-likeness': 'Likeness with random weights',
    'layer-likeness': 'Likeness with random layers',
    'edge-likeness': 'Likeness to an edge detector',
    'attribution-sum': 'Sum of attributions',
    'seed-agreement': 'Agreement of two seeds',
    'contribution-density': 'Contributions in regions',
    'region-activation': 'Activation in parts of a picture',
    'activation-sharpness': 'Sharpness of activations by layer',
    'activation-likeness': 'Likeness of two layers’ activations',
    'layer-kind': 'Kind of a layer',
    'head-focus': 'Focus of a head',
    'masked-part-of-speech': 'Part of speech at a masked word',
    'masked-words': 'Words expected at a masked word',
    'masked-drop': 'Effect of masking another word',
    'head-weight': 'Attention between two words',
    'answer-distance': 'Distance of the answer',
    'question-matching': 'Matching of question and sentence',
    'sentence-clustering': 'Clustering by sentence',
    'group-separation': 'Separation of two meanings',
    'pair-similarity': 'Similarity of two sentences by layer',
    'embedding-dependence': 'What layer 0 depends on',
  },
}

const zh: ClaimMessages = {
  measurements: '量測',
  measurementsHint: '對模型做的量測；主張會比較這些數值。',
  addMeasurement: '新增量測',
  fitting: '與這張圖有關',
  more: '其他',
  add: '新增',
  remove: (name) => `移除${name}`,
  unfinished: '尚未完成；內容會存在草稿中，所有欄位都正確後才會生效。',
  refused: '這裡不能用這個值。',
  claims: '每個選項對模型的主張',
  claimOf: (letter) => `選項 ${letter} 的主張`,
  demonstration: '以量測展示',
  demonstrationHint: '無論量測結果如何，正解都成立；展示會列在旁邊。',
  demonstrated: '應該看到的結果',
  noClaim: '還沒有主張。',
  addClaim: '新增主張',
  comparisons: (count) => `比較（${count} 項）`,
  addTerm: '新增比較',
  removeTerm: (number) => `移除第 ${number} 項比較`,
  joint: '成立條件',
  joints: { all: '所有比較都成立', any: '至少一項比較成立' },
  term: (number) => `第 ${number} 項比較`,
  negated: '並非',
  of: '量測',
  operator: '比較方式',
  operators: {
    highest: '最高',
    lowest: '最低',
    strongest: '絕對值最大',
    above: '大於某數',
    below: '小於某數',
    exceeds: '大於另一項',
    nearest: '在幾個數之中最接近某數',
    from: '從此項開始都大於某數',
    trend: '整體的趨勢',
  },
  subject: '對象',
  other: '大於',
  than: '數值',
  to: '最接近',
  among: '候選數值',
  amongHint: '以逗號分隔數字',
  trend: '趨勢',
  trends: { rises: '上升', falls: '下降', 'rises-then-falls': '先升後降', 'falls-then-rises': '先降後升' },
  number: '請輸入數字。',
  noSubjects: '還沒有可比較的對象，請先新增量測並完成設定。',
  problem: (problem) => {
    switch (problem.kind) {
      case 'no-measurement':
        return `沒有「${problem.of}」這項量測。`
      case 'no-subject':
        return `這項量測沒有「${problem.subject}」的數值。`
      case 'with-itself':
        return `「${problem.subject}」不能與自己比較。`
      case 'not-among':
        return `${problem.number} 必須是候選數值之一。`
    }
  },
  accepted: '模型不支持時仍維持正解的理由',
  acceptedHint: '只在檢查結果與正解矛盾時需要，僅教學人員可見。',
  disputed: '其他對正解的質疑',
  disputedHint: '與檢查結果並列，僅教學人員可見。',
  names: {
    'region-weight': '各區域的 LIME 權重',
    'weight-signs': '區域內 LIME 權重的正負',
    'region-removal': '蓋住區域的影響',
    'colour-removal': '遮住 LIME 某一色的影響',
    'map-disagreement': 'LIME 與 Saliency 的不一致',
    'region-enrichment': '各區域的歸因',
    'food-enrichment': '食物上的歸因',
    'map-overlap': '兩張圖的重疊',
    'solid-likeness': '與立體圖形的相似度',
    'steps-likeness': '與多步結果的相似度',
    'steps-contrast': '不同 steps 的對比',
    'gradient-scale': '梯度的大小',
    'finite-differences': '梯度與有限差分',
    'normalization-effect': 'normalization 的影響',
    'cascade-likeness': '隨機權重下的相似度',
    'layer-likeness': '逐層隨機化時的相似度',
    'edge-likeness': '與邊緣偵測的相似度',
    'attribution-sum': '歸因的總和',
    'seed-agreement': '兩個種子的一致程度',
    'contribution-density': '各區域的貢獻',
    'region-activation': '圖片各部分的 activation',
    'activation-sharpness': '各層 activation 的清晰度',
    'activation-likeness': '兩層 activation 的相似度',
    'layer-kind': '層的種類',
    'head-focus': 'head 的注意對象',
    'masked-part-of-speech': '蓋掉的詞的詞性',
    'masked-words': '蓋掉的詞的預測',
    'masked-drop': '再蓋掉一個詞的影響',
    'head-weight': '兩個詞之間的注意力',
    'answer-distance': '答案的距離',
    'question-matching': '問題與句子的對應',
    'sentence-clustering': '同句的聚集程度',
    'group-separation': '兩種意思的分離程度',
    'pair-similarity': '兩句在各層的相似度',
    'embedding-dependence': '第 0 層取決於什麼',
  },
}

const dictionaries: Readonly<Record<Language, ClaimMessages>> = { en, zh }

export function useClaimMessages(): ClaimMessages {
  return dictionaries[usePreferences().language.interface]
}
