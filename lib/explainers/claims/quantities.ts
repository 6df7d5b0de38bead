import type { Bilingual } from '../bilingual'
import { spaced } from '../figures/wording'
import type { PictureTitles } from '../pictures/picture-name'
import type { Measurement } from './measurement'
import { pictureName } from './measurements/values'
import { methodNames } from './subjects'

export interface Quantity {
  /** What the numbers are, as the start of a sentence. */
  readonly title: Bilingual
  /** '' for a plain number. */
  readonly unit: '' | '‰' | '×'
}

const statistics = {
  mean: { zh: '平均', en: 'mean' },
  p95: { zh: '第 95 百分位', en: '95th percentile' },
  maximum: { zh: '最大值', en: 'maximum' },
} as const

/** Likeness of two maps, by its measures. */
const similarities = {
  absolute: {
    zh: '等級相關（Spearman ρ，取絕對值）',
    en: 'rank correlation (Spearman’s ρ of absolute values)',
  },
  signed: { zh: '等級相關（Spearman ρ，保留正負號）', en: 'rank correlation (Spearman’s ρ with signs)' },
  ssim: { zh: '結構相似度（SSIM）', en: 'structural similarity (SSIM)' },
  hog: { zh: ' HOG 相關係數', en: 'correlation of HOGs' },
} as const

const noTitles: PictureTitles = () => undefined

/**
 * @param titles of uploaded pictures that the measurement may name.
 * @returns what a measurement's numbers are, in words, without having measured.
 */
export function quantityOf(measurement: Measurement, titles = noTitles): Quantity {
  const of = (zh: string, en: string, unit: Quantity['unit'] = ''): Quantity => ({ title: { zh, en }, unit })
  const ofPicture: typeof of = (zh, en, unit) => of(spaced(zh), en, unit)
  const m = measurement
  const picture = 'picture' in m ? pictureName(m.picture, titles) : { zh: '', en: '' }
  switch (m.measure) {
    case 'region-weight':
      return ofPicture(
        `${picture.zh}各區域的 LIME 權重總和`,
        `LIME weight summed over each region of ${picture.en}`,
        '‰',
      )
    case 'weight-signs':
      return ofPicture(
        `${picture.zh}的「${m.region}」中，LIME 權重為正或負的面積比例`,
        `Share of the ${m.region} in ${picture.en} with a LIME weight above 0.05 or below −0.05`,
      )
    case 'region-removal':
      return ofPicture(
        `以平均色蓋住${picture.zh}的區域後，logit 的變化`,
        `Change of the logit when a region of ${picture.en} is filled with its mean colour`,
      )
    case 'colour-removal':
      return ofPicture(
        `遮住${picture.zh}中 LIME 標出的某一色後，logit 的變化`,
        `Change of the logit when one colour of LIME’s superpixels is hidden in ${picture.en}`,
      )
    case 'map-disagreement':
      return of(
        '各圖片中 LIME 正權重與 Saliency Map 的不一致程度（1 − Spearman ρ）',
        'Disagreement of positive LIME weight and saliency over superpixels (1 − Spearman’s ρ)',
      )
    case 'region-enrichment':
      return ofPicture(
        `${picture.zh}各區域的 ${methodNames[m.method]} 富集度（歸因比例 ÷ 面積比例）`,
        `${methodNames[m.method]} of ${picture.en}: share of attribution ÷ share of area`,
        '×',
      )
    case 'food-enrichment':
      return of(
        `${m.foods.length} 張圖片中食物區域的平均富集度`,
        `Enrichment of the food, mean over ${m.foods.length} pictures`,
        '×',
      )
    case 'map-overlap':
      return of(
        `${methodNames[m.methods[0]]} 與 ${methodNames[m.methods[1]]} 最強的 ${Math.round(100 * m.share)} % 像素的重疊比例`,
        `Overlap of the strongest ${Math.round(100 * m.share)} % of pixels of ${methodNames[m.methods[0]]} and ${methodNames[m.methods[1]]}`,
      )
    case 'solid-likeness':
      return ofPicture(
        `${picture.zh}的 ${methodNames[m.method]} 與各種立體圖形的相關係數`,
        `Correlation of the ${methodNames[m.method]} of ${picture.en} with the drawing of a solid`,
      )
    case 'steps-likeness':
      return of(
        `不同 steps 與 ${m.reference} steps 的 Integrated Gradients 的相關係數`,
        `Correlation of integrated gradients with those of ${m.reference} steps`,
      )
    case 'steps-contrast':
      return of(
        'Integrated Gradients 的最大值 ÷ 平均值',
        'Integrated gradients: largest ÷ mean attribution',
        '×',
      )
    case 'gradient-scale':
      return of('各圖片最大梯度 ÷ 其中最小者', 'Largest gradient of a picture ÷ the smallest such', '×')
    case 'finite-differences':
      return ofPicture(
        `${picture.zh}的梯度與有限差分（${m.places} 處）的相關係數`,
        `Correlation of the gradient of ${picture.en} with finite differences at ${m.places} places`,
      )
    case 'normalization-effect':
      return ofPicture(
        `${picture.zh}的 SmoothGrad 在 normalization 前後的平均亮度，以及最亮處是否移動`,
        `SmoothGrad of ${picture.en}: mean luminance before and after normalization, and whether the brightest place moves`,
      )
    case 'cascade-likeness':
      return ofPicture(
        `${picture.zh}的 ${methodNames[m.method]}：權重換成隨機值之後，與原模型的圖的等級相關（Spearman ρ）`,
        `${methodNames[m.method]} of ${picture.en}: rank correlation with the trained model’s map once weights are random (Spearman’s ρ)`,
      )
    case 'layer-likeness':
      return ofPicture(
        `${picture.zh}的 ${methodNames[m.method]}：${m.order === 'cascading' ? '由輸出層往下逐層換成隨機權重' : '一次把一層換成隨機權重'}時，與原模型的圖的${similarities[m.by].zh}`,
        `${methodNames[m.method]} of ${picture.en}: ${similarities[m.by].en} with the trained model’s map, ${m.order === 'cascading' ? 'weights drawn anew layer by layer from the output' : 'one layer’s weights drawn anew at a time'}`,
      )
    case 'edge-likeness':
      return ofPicture(
        `${picture.zh}的 ${methodNames[m.method]} 與邊緣偵測（Sobel）的等級相關（Spearman ρ）`,
        `${methodNames[m.method]} of ${picture.en}: rank correlation with an edge detector (Sobel; Spearman’s ρ)`,
      )
    case 'attribution-sum':
      return ofPicture(
        `${picture.zh}的 Integrated Gradients（${m.steps} 步）× (圖片 − 全黑圖片) 的總和，與各數值的差距`,
        `Integrated gradients of ${picture.en} (${m.steps} steps) × (picture − black), summed: distance from each number`,
      )
    case 'seed-agreement':
      return ofPicture(
        `${picture.zh}的 SmoothGrad 用兩個隨機種子各做一次的等級相關（Spearman ρ）`,
        `SmoothGrad of ${picture.en}: rank correlation of the maps of two seeds (Spearman’s ρ)`,
      )
    case 'contribution-density':
      return ofPicture(
        `${picture.zh}各區域在 Integrated Gradients（基準圖：${m.baseline === 'black' ? '全黑' : '全白'}）中的富集度（貢獻比例 ÷ 面積比例）`,
        `Integrated gradients of ${picture.en} from a ${m.baseline} baseline: share of contributions ÷ share of area`,
        '×',
      )
    case 'region-activation':
      return ofPicture(
        `${picture.zh}各部分的 activation（cnnid=${m.layer}，filterid=${m.filter}，${statistics[m.statistic].zh}）`,
        `Activation of parts of ${picture.en} (cnnid=${m.layer}, filterid=${m.filter}, ${statistics[m.statistic].en})`,
      )
    case 'activation-sharpness':
      return of(
        `各層 filter ${m.filter} activation 的清晰度（Laplacian 能量比例）`,
        `Sharpness of the activation of filter ${m.filter} (share of Laplacian energy)`,
      )
    case 'activation-likeness':
      return of(
        `第 ${m.layers[0]} 與第 ${m.layers[1]} 層 filter ${m.filter} activation 的相關係數`,
        `Correlation of the activations of filter ${m.filter} in layers ${m.layers[0]} and ${m.layers[1]}`,
      )
    case 'layer-kind':
      return of(`cnnid=${m.layer} 的層`, `Kind of layer at cnnid=${m.layer}`)
    case 'head-focus':
      return of(
        `各層第 ${m.head} 個 head 的最大平均權重 ÷ 平均分配`,
        `Head ${m.head}: largest mean weight of any layer ÷ an even share`,
        '×',
      )
    case 'masked-part-of-speech':
      return of(
        `蓋掉「${m.word}」後，最相近的 ${m.neighbours} 個字中 ${m.partOfSpeech} 領先的比例`,
        `Lead of ${m.partOfSpeech} among the ${m.neighbours} words nearest to the masked “${m.word}”`,
      )
    case 'masked-words':
      return of(`蓋掉「${m.word}」後的預測機率`, `Probability at the masked “${m.word}”`)
    case 'masked-drop':
      return of(
        `再蓋掉「${m.also}」後，在「${m.word}」處預測的機率減少多少`,
        `Decrease of the probability at the masked “${m.word}” when “${m.also}” is masked too`,
      )
    case 'head-weight':
      return of(
        `第 ${m.head} 個 head 由「${m.from}」到「${m.to}」的注意力權重 ÷ 平均分配`,
        `Attention of head ${m.head} from “${m.from}” to “${m.to}” ÷ an even share`,
        '×',
      )
    case 'answer-distance':
      return of(
        '答案與其他 embedding 的距離 ÷ 平均距離',
        'Distance of the answer from the other embeddings ÷ their mean distance',
        '×',
      )
    case 'question-matching':
      return of(
        '問題與相關句子的 cosine 減去與其餘句子的 cosine',
        'Cosine of the question with the relevant sentence − with the rest',
      )
    case 'sentence-clustering':
      return of(
        '最近鄰屬於同一句的比例減去隨機值',
        'Share of nearest neighbours in the same sentence − chance',
      )
    case 'group-separation':
      return of(
        `第 ${m.layer} 層中水果與公司兩群的分離程度`,
        `Separation of fruit and company at layer ${m.layer}`,
      )
    case 'pair-similarity':
      return of(
        `句 ${m.sentences[0]} 與句 ${m.sentences[1]} 中「${m.part}」的 cosine 相似度`,
        `Cosine similarity of 「${m.part}」 in sentences ${m.sentences[0]} and ${m.sentences[1]}`,
      )
    case 'embedding-dependence':
      return of(
        `第 0 層「${m.part}」的 embedding 相等，恰好發生在此性質相等時的比例`,
        `Share of pairs in which the layer-0 embeddings of 「${m.part}」 are equal exactly when this is`,
      )
  }
}
