import type { Bilingual } from '@/lib/explainers/bilingual'

/** What a field of a schema is called, and what it means where the name does not say it. */
export interface FieldLabel {
  readonly label: Bilingual
  readonly help?: Bilingual
  readonly unit?: Bilingual
}

const named = (zh: string, en: string, help?: readonly [zh: string, en: string]): FieldLabel => ({
  label: { zh, en },
  ...(help && { help: { zh: help[0], en: help[1] } }),
})
const measured = (
  zh: string,
  en: string,
  unit: readonly [string, string],
  help?: readonly [string, string],
) => ({
  ...named(zh, en, help),
  unit: { zh: unit[0], en: unit[1] },
})

/**
 * Labels by the field's name; where a name means something else in one place, by the whole path there: the schema's own
 * name and the names down to the field, without indexes. A test finds fields without a label.
 */
const labels: { readonly [path: string]: FieldLabel } = {
  // Figures ------------------------------------------------------------------
  model: named('模型', 'Model'),
  variant: named('算法版本', 'Variant', [
    '作業：與課程程式碼相同。論文：依原作者的定義。',
    'Homework: as the course’s code runs it. Paper: as its authors define it.',
  ]),
  seed: named('亂數種子', 'Seed', ['相同的種子得到相同的亂數。', 'Equal seeds give equal random numbers.']),
  parameters: named('方法的參數', 'Parameters of the methods'),
  picture: named('圖片', 'Picture'),
  pictures: named('圖片', 'Pictures', [
    '依選擇的順序排列。',
    'They stand in the order in which you choose them.',
  ]),
  method: named('方法', 'Method'),
  methods: named('方法', 'Methods'),
  layer: named('層', 'Layer'),
  layers: named('層', 'Layers'),
  filter: named('濾波器', 'Filter', [
    '該層的一個通道，從 0 起算。',
    'One channel of the layer, counted from 0.',
  ]),
  copies: named('顯示的副本', 'Copies shown'),
  steps: named('步數', 'Steps', [
    '從基準圖到這張圖片的路徑上取幾個點。',
    'Points on the path from the baseline to the picture.',
  ]),
  'figure.integration-steps.steps': named('比較的步數', 'Numbers of steps compared'),
  'figure.completeness.steps': named('比較的步數', 'Numbers of steps compared'),
  'figure.sample-sizes.samples': named('比較的副本數', 'Numbers of copies compared'),
  edges: named('邊緣偵測', 'Edge detector', [
    '在圖片旁邊放上 Sobel 邊緣偵測的結果。',
    'Shows the picture’s Sobel edges beside it.',
  ]),
  order: named('隨機化的順序', 'Order', [
    '累積：每一步再多一層；獨立：其餘各層維持訓練好的權重。',
    'Cascading: each step draws one layer more. Independent: all other layers stay as trained.',
  ]),
  draws: named('隨機權重的次數', 'Draws of weights', [
    '每一步用不同的種子重做幾次，看結果差多少。時間與次數成正比。',
    'Each step is made again with other seeds, to show how far it varies. Time grows with it.',
  ]),
  by: named('相似度的算法', 'Measure of likeness'),
  baseline: named('基準圖', 'Baseline', [
    '路徑的起點；未設定時為全黑。',
    'The picture that the path begins with; black where nothing is set.',
  ]),
  precision: named('運算精度', 'Precision', [
    'float16 較快但略不精確，只有 NVIDIA 顯示卡提供；圖的說明會列出量測到的誤差。',
    'float16 is faster and less exact, on NVIDIA cards only; the figure’s plaque gives the measured error.',
  ]),
  maps: named('要檢驗的圖', 'Maps that are tested'),
  sentence: named('句子', 'Sentence'),
  head: named('注意力頭', 'Head', ['從 1 起算。', 'Counted from 1.']),
  from: named('起點的詞', 'From the word', [
    '只顯示這個詞的注意力權重。',
    'Only this word’s attention weights are shown.',
  ]),
  to: named('終點的詞', 'To the word', [
    '只用於量測，圖中不標示。',
    'Its weight is measured; the figure does not mark it.',
  ]),
  at: named('遮住的詞', 'Masked word'),
  also: named('同時遮住的詞', 'Masked as well', [
    '每一列是一次比較；空的列只遮住上面那個詞。',
    'One row a comparison; an empty row masks only the word above.',
  ]),
  watch: named('一定要顯示的詞', 'Words shown in any case', [
    '模型詞彙中的詞，不論機率高低都會顯示。',
    'Tokens of the model whose probabilities are shown, likely or not.',
  ]),
  top: named('顯示最可能的詞', 'Most probable words shown'),
  mask: named('遮住的詞', 'Masked words'),
  corpus: named('語料', 'Corpus'),
  words: named('搜尋的字數', 'Words searched', [
    '從語料開頭算起，到達這個字數的句子為止。',
    'From the corpus’s beginning to the sentence in which so many words are reached.',
  ]),
  neighbours: named('最近的鄰居', 'Nearest neighbours'),
  passages: named('段落', 'Passages'),
  together: named('合為一組的層數', 'Layers under one heading', [
    '未設定時，一個段落的各層合為一組。',
    'Not set: all layers of a passage stand together.',
  ]),
  parts: named('比較的字詞', 'Parts compared', [
    '每個句子裡都有的字詞，取第一次出現的位置。',
    'Each stands in every sentence; its first occurrence counts.',
  ]),
  part: named('比較的字詞', 'Part compared', [
    '每個句子裡都有的字詞，取第一次出現的位置。',
    'It stands in every sentence; its first occurrence counts.',
  ]),
  metrics: named('距離的算法', 'Metrics'),
  metric: named('距離的算法', 'Metric'),
  pair: named('比較的兩個句子', 'The two sentences compared'),
  'figure.similarity-matrices.layer': named('隱藏狀態', 'Hidden state', [
    '0 是進入第一層之前的嵌入。',
    '0 is the embedding before the first layer.',
  ]),

  // Parameters of the explainers ---------------------------------------------
  samples: named('副本數', 'Copies', [
    '越多越穩定，也越慢。',
    'More make the map steadier, and take longer.',
  ]),
  segments: measured(
    '超像素數目',
    'Superpixels',
    ['塊', 'superpixels'],
    ['SLIC 的目標數目，實際數目會略有不同。', 'What SLIC aims for; the picture decides how many there are.'],
  ),
  compactness: named('緊緻度', 'Compactness', [
    'SLIC 中位置相對於顏色的權重；越大，超像素越接近方形。',
    'SLIC’s weight of place against colour: the larger, the squarer the superpixels.',
  ]),
  sigma: measured(
    '平滑程度',
    'Smoothing',
    ['像素', 'pixels'],
    ['切分前所用高斯平滑的標準差。', 'Standard deviation of the Gaussian before the picture is divided.'],
  ),
  kernelWidth: named('核寬度', 'Kernel width', [
    '把副本與原圖的距離轉為權重；越小，越只看相近的副本。',
    'Turns a copy’s distance into its weight: the smaller, the more only near copies count.',
  ]),
  alpha: named('脊迴歸懲罰', 'Ridge penalty', [
    '越大，權重越接近 0。',
    'The larger, the nearer the weights are to 0.',
  ]),
  picturesInLoss: named('損失中的圖片數', 'Pictures in the loss', [
    '課程程式碼對十張圖片的平均損失求梯度；設為 1 則只看這一張。',
    'The course’s code takes the gradient of ten pictures’ mean loss; 1 is this picture’s own.',
  ]),
  noise: named('雜訊強度', 'Noise', [
    '如何換算為標準差，依算法版本而定。',
    'How it becomes a standard deviation depends on the variant.',
  ]),
  'method.filter-visualization.steps': named('最佳化步數', 'Steps of the optimiser'),
  learningRate: named('學習率', 'Learning rate'),
  decay: named('趨近灰色的權重', 'Pull towards grey'),
  roughness: named('平滑的權重', 'Penalty on roughness'),

  // Measurements -------------------------------------------------------------
  'measurement.seed-agreement.samples': named('比較的副本數', 'Numbers of copies compared'),
  region: named('區域', 'Region'),
  regions: named('區域', 'Regions'),
  foods: named('食物所在的區域', 'Regions that are food'),
  share: named('比較的像素比例', 'Share of pixels compared', [
    '取圖中最強的這些像素。',
    'The strongest pixels of each map.',
  ]),
  smoothing: measured('平滑程度', 'Smoothing', ['像素', 'pixels']),
  reference: named('作為基準的步數', 'Steps of the reference'),
  places: named('抽查的像素數', 'Places tried'),
  statistic: named('統計量', 'Statistic'),
  id: named('代號', 'Name in claims', [
    '主張裡以這個代號稱呼這個部分。',
    'Claims call the part by this name.',
  ]),
  name: named('名稱', 'Name'),
  zh: named('中文', 'Chinese'),
  en: named('英文', 'English'),
  'measurement.region-activation.parts': named('比較的部分', 'Parts compared'),
  'measurement.region-activation.parts.part': named('區域的哪一部分', 'Which part of the region'),
  'measurement.group-separation.choices': named('比較的設定', 'Settings compared'),
  'measurement.head-weight.from': named('起點的詞', 'From the word'),
  'measurement.head-weight.to': named('終點的詞', 'To the word'),
  'measurement.masked-drop.also': named('同時遮住的詞', 'Masked as well'),
  word: named('詞', 'Word', ['句子中的一個詞。', 'A word as it stands in the sentence.']),
  partOfSpeech: named('詞性', 'Part of speech', [
    '通用詞性標記，例如 NOUN。',
    'Universal tag, such as NOUN.',
  ]),
  tokens: named('比較的詞', 'Tokens compared'),
  token: named('模型預測的詞', 'Token predicted'),
  groups: named('各組的層', 'Groups of layers', [
    '每組的第一層與最後一層。',
    'The first and last layer of each.',
  ]),
  sentences: named('比較的兩個句子', 'The two sentences compared', ['從 1 起算。', 'Counted from 1.']),
}

/**
 * @param scope the schema's own name: `figure.maps`, `method.lime`, `measurement.head-focus`
 * @param path names and indexes down to the field
 * @returns null where the table has none
 */
export function findLabel(scope: string, path: string): FieldLabel | null {
  const names = path.split('.').filter((name) => !/^\d+$/.test(name))
  return labels[[scope, ...names].join('.')] ?? labels[names.at(-1) ?? ''] ?? null
}
