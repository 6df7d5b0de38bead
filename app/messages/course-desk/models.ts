import type { ModelCard, ModelProblem, ModelState } from '@/lib/models/view'
import { number, plural } from '../counting'
import type { Language } from '../language'

/** What the page of a course's models says. */
export interface ModelMessages {
  readonly title: string
  readonly lead: string
  readonly add: string
  readonly kinds: readonly string[]
  readonly limits: (
    upload: string,
    graph: string,
    classes: number,
    least: number,
    most: number,
    models: number,
  ) => string
  readonly file: string
  readonly name: string
  readonly nameHint: string
  readonly upload: string
  readonly sent: (percent: number) => string
  readonly broken: string
  readonly failed: string
  readonly pull: string
  readonly pullLead: (hub: string) => string
  readonly pullFacts: (largest: string) => readonly string[]
  readonly repository: string
  readonly repositoryHint: string
  readonly revision: string
  readonly revisionHint: string
  readonly nameHere: string
  readonly startPull: string
  readonly again: string
  readonly stopPull: string
  readonly waitingForHub: string
  readonly fetched: (bytes: string, total: string) => string
  readonly pulledBy: (name: string, repository: string, version: string) => string
  readonly own: string
  readonly none: string
  readonly bundled: string
  readonly bundledLead: string
  readonly statuses: { readonly [Status in ModelState['status']]: string }
  readonly checking: string
  readonly trying: (done: number, total: number) => string
  readonly detailsLead: (outputs: number) => string
  readonly refusals: { readonly [Code in ModelProblem['code']]: string }
  readonly said: string
  readonly uses: (count: number) => string
  readonly uploadedBy: (name: string, file: string) => string
  readonly edit: string
  readonly remove: string
  readonly removeQuestion: (name: string) => string
  readonly cancel: string
  readonly save: string
  readonly classes: string
  readonly classesHint: (count: number, found: number) => string
  readonly takeClasses: (model: string) => string
  readonly preprocessing: string
  readonly preprocessingHint: string
  readonly mean: string
  readonly deviation: string
  readonly channels: readonly [string, string, string]
  readonly plainPictures: string
  readonly imageNet: string
  readonly wrongNumbers: string
  readonly licence: string
  readonly source: string
  readonly note: string
  readonly training: string
  readonly card: string
  readonly kind: { readonly [Kind in ModelCard['kind']]: string }
  readonly hash: string
  readonly input: string
  readonly inputSize: (height: number, width: number) => string
  readonly outputs: string
  readonly layers: string
  readonly parameters: string
  readonly operators: string
  readonly operator: string
  readonly count: string
  readonly gradient: string
  readonly hasGradient: (has: boolean) => string
  readonly allExplainers: string
  readonly onlyForward: string
  readonly languageExplainers: string
  readonly obstacles: {
    readonly [Reason in ModelCard['obstacles'][number]['reason']]: (operator: string, node: string) => string
  }
  readonly notes: { readonly [Note in ModelCard['notes'][number]]: string }
  readonly predictions: string
  readonly predictionsLead: string
  readonly picture: string
  readonly likeliest: string
}

const en: ModelMessages = {
  title: 'Models',
  lead: 'Figures of this course can be computed from a model of your own. Upload it, say what its outputs are called, and name it in a figure.',
  add: 'Add a model',
  kinds: [
    'an ONNX classifier: one picture [1 or N, 3, height, width] in, logits [1 or N, classes] out',
    'checkpoint.pth of the homework’s network, as torch.save writes it',
    'a zip of a Hugging Face BERT folder with model.safetensors',
    'model.safetensors of the homework’s network',
  ],
  limits: (upload, graph, classes, least, most, models) =>
    `At most ${upload} (ONNX and safetensors ${graph}), ${number(classes)} classes, pictures with sides of ${least} to ${most} pixels, ${models} models a course. Files are only read: a pickle with code in it is refused.`,
  file: 'File',
  name: 'Name',
  nameHint: 'Lower-case letters, digits and hyphens, such as my-food-net. Figures name the model by it.',
  upload: 'Upload',
  sent: (percent) => `${percent} % sent`,
  broken: 'The connection broke before all of it was sent. Nothing was kept; please upload it again.',
  failed: 'This could not be done. Please try again.',
  pull: 'Pull from the Hub',
  pullLead: (hub) => `Has a BERT fetched from ${hub} by the server, without going through your computer.`,
  pullFacts: (largest) => [
    `Fetched are config.json, the tokenizer, and model.safetensors or its shards: together at most ${largest}. Other formats of weights are not read.`,
    'The configuration comes first. What is no BERT is refused before its weights are fetched.',
    'Every file is compared with the Hub’s checksum. A broken connection goes on from where it broke.',
    'The licence is noted as the repository’s card says it. Please look whether it allows what you mean to do.',
  ],
  repository: 'Repository',
  repositoryHint: 'Its owner and its name, such as google-bert/bert-base-uncased. It has to be public.',
  revision: 'Revision',
  revisionHint: 'A branch, tag or commit; main if left empty.',
  nameHere: 'Name in this course',
  startPull: 'Pull',
  again: 'Try again',
  stopPull: 'Cancel',
  waitingForHub: 'The worker asks the Hub for its files. One model is fetched after another.',
  fetched: (bytes, total) => `${bytes} of ${total}`,
  pulledBy: (name, repository, version) => `${repository} at ${version}, pulled by ${name}`,
  own: 'Models of this course',
  none: 'This course has no models of its own yet.',
  bundled: 'Models that come with Vitrine',
  bundledLead: 'They are there in every course.',
  statuses: {
    fetching: 'Being fetched',
    checking: 'Being checked',
    details: 'Needs its classes',
    ready: 'Ready',
    refused: 'Refused',
  },
  checking: 'The worker reads it, before the next figure.',
  trying: (done, total) => `It is shown the bundled pictures: ${done} of ${total}.`,
  detailsLead: (outputs) =>
    `It was read. Name its ${number(outputs)} outputs, and say how pictures are prepared for it.`,
  refusals: {
    'model-damaged': 'The file is damaged. Nothing of it was kept.',
    'model-unsupported': 'This is not a model that can be read. Nothing of it was kept.',
    internal:
      'Reading it failed for a reason that nobody expected; the log has more. Nothing of it was kept.',
    away: 'The Hub cannot be reached from this server, or the connection broke again and again. Nothing was kept. Try again later; without a connection, upload the folder as a zip.',
    missing: 'The Hub has no such public repository or revision. Check how both are written.',
    gated:
      'The Hub gives this only to people who have signed in, or there is no such repository. Download it with an account of your own and upload the folder as a zip.',
    'too-large': 'The repository is larger than a course’s model may be. Nothing was fetched.',
    mismatch:
      'What arrived is not what the Hub lists: a size or a checksum differs. Nothing was kept. Try again; if it happens again, tell an operator.',
    'disk-full': 'The server has no room left for it. Nothing was kept. Please tell an operator.',
  },
  said: 'What was found:',
  uses: (count) => `shown by ${plural(count, 'question version or draft', 'question versions and drafts')}`,
  uploadedBy: (name, file) => `${file}, uploaded by ${name}`,
  edit: 'Change',
  remove: 'Remove',
  removeQuestion: (name) => `Remove ${name} with its files? No figure uses it.`,
  cancel: 'Cancel',
  save: 'Save',
  classes: 'Classes, one a line, in the order of the outputs',
  classesHint: (count, found) => `${number(found)} of ${number(count)} named`,
  takeClasses: (model) => `Take the names of ${model}`,
  preprocessing: 'How pictures are prepared',
  preprocessingHint: 'Pictures have values from 0 to 1; the model takes (value − mean) ÷ deviation.',
  mean: 'Mean',
  deviation: 'Deviation',
  channels: ['red', 'green', 'blue'],
  plainPictures: 'As they are',
  imageNet: 'ImageNet',
  wrongNumbers: 'Please give a number for every channel; a deviation is above 0.',
  licence: 'Licence',
  source: 'Source',
  note: 'Note',
  training: 'Training',
  card: 'Card',
  kind: {
    graph: 'ONNX classifier',
    homework: 'The homework’s network',
    language: 'Language model (BERT)',
  },
  hash: 'SHA-256 of the weights',
  input: 'Picture',
  inputSize: (height, width) => `${height} × ${width} pixels, three colours`,
  outputs: 'Classes',
  layers: 'Layers',
  parameters: 'Parameters',
  operators: 'Operators',
  operator: 'Operator',
  count: 'Nodes',
  gradient: 'Gradient',
  hasGradient: (has) => (has ? 'yes' : 'no rule'),
  allExplainers: 'All work: LIME, saliency, SmoothGrad, integrated gradients, filters.',
  onlyForward:
    'LIME works, which only asks for logits, and so do filter activations before the first node below. Explainers by gradients do not:',
  languageExplainers: 'Attention, masked words, embeddings.',
  obstacles: {
    'no-rule': (operator, node) => `${operator} (node ${node}) has no gradient rule.`,
    'shape-unknown': (operator, node) =>
      `${operator} (node ${node}): its shape cannot be known before it runs. Export with fixed sizes, or with torch.flatten instead of view.`,
  },
  notes: {
    'probabilities-left-out': 'It ended in a softmax, which is left out: explainers ask for logits.',
    'one-at-a-time': 'It takes one picture at a time, which makes LIME and SmoothGrad slower.',
  },
  predictions: 'What it says of the bundled pictures',
  predictionsLead: 'The likeliest classes, with their probabilities.',
  picture: 'Picture',
  likeliest: 'It says',
}

const zh: ModelMessages = {
  title: '模型',
  lead: '這門課程的圖可以用你自己的模型計算。上傳模型，寫下各個輸出的名稱，再於圖的設定中指名使用。',
  add: '新增模型',
  kinds: [
    'ONNX 分類模型：輸入一張圖片 [1 或 N, 3, 高, 寬]，輸出 logits [1 或 N, 類別數]',
    '作業網路的 checkpoint.pth（torch.save 寫出的檔案）',
    'Hugging Face BERT 資料夾的 zip，內含 model.safetensors',
    '作業網路的 model.safetensors',
  ],
  limits: (upload, graph, classes, least, most, models) =>
    `檔案最大 ${upload}（ONNX 與 safetensors 為 ${graph}），最多 ${number(classes)} 個類別，圖片邊長 ${least} 至 ${most} 像素，每門課程 ${models} 個模型。檔案只會被讀取：含有程式碼的 pickle 會被拒收。`,
  file: '檔案',
  name: '名稱',
  nameHint: '小寫英文字母、數字與連字號，例如 my-food-net。圖的設定以此名稱指定模型。',
  upload: '上傳',
  sent: (percent) => `已傳送 ${percent} %`,
  broken: '連線在傳完之前中斷，沒有存下任何內容，請重新上傳。',
  failed: '無法完成，請再試一次。',
  pull: '從 Hub 取得',
  pullLead: (hub) => `由伺服器直接從 ${hub} 下載 BERT，不必經過你的電腦。`,
  pullFacts: (largest) => [
    `下載的檔案是 config.json、tokenizer，以及 model.safetensors 或它的分片，合計最多 ${largest}。不讀取其他格式的權重。`,
    '先下載設定檔；不是 BERT 的模型會在下載權重之前拒收。',
    '每個檔案都會與 Hub 的檢查碼比對；連線中斷時，會從中斷處繼續。',
    '授權照 repository 的模型卡記錄，請自行確認它允許你的用途。',
  ],
  repository: 'Repository',
  repositoryHint: '擁有者與名稱，例如 google-bert/bert-base-uncased。必須是公開的。',
  revision: '版本（revision）',
  revisionHint: '分支、標籤或 commit；留空則為 main。',
  nameHere: '在這門課程的名稱',
  startPull: '取得',
  again: '再試一次',
  stopPull: '取消',
  waitingForHub: '背景程式正在向 Hub 詢問檔案清單。模型一次下載一個。',
  fetched: (bytes, total) => `${bytes} / ${total}`,
  pulledBy: (name, repository, version) => `${repository}（${version}），由 ${name} 取得`,
  own: '這門課程的模型',
  none: '這門課程還沒有自己的模型。',
  bundled: 'Vitrine 附帶的模型',
  bundledLead: '每門課程都能使用。',
  statuses: {
    fetching: '下載中',
    checking: '檢查中',
    details: '尚待填寫類別',
    ready: '可以使用',
    refused: '已拒收',
  },
  checking: '背景程式會在下一張圖之前讀取它。',
  trying: (done, total) => `正在讓它看附帶的圖片：${done} / ${total}。`,
  detailsLead: (outputs) => `已讀取完成。請寫下 ${number(outputs)} 個輸出的名稱，以及圖片的前處理方式。`,
  refusals: {
    'model-damaged': '檔案已損壞，沒有存下任何內容。',
    'model-unsupported': '這不是可以讀取的模型，沒有存下任何內容。',
    internal: '讀取時發生意外的錯誤，紀錄中有更多資訊。沒有存下任何內容。',
    away: '這部伺服器連不上 Hub，或連線一再中斷，沒有存下任何內容。請稍後再試；若無法連線，可將資料夾壓成 zip 上傳。',
    missing: 'Hub 上沒有這個公開的 repository 或版本，請檢查兩者的拼法。',
    gated: '這個 repository 要登入 Hub 才能取得，或者並不存在。請用自己的帳號下載，再將資料夾壓成 zip 上傳。',
    'too-large': '這個 repository 超過課程模型的大小上限，沒有下載任何內容。',
    mismatch:
      '收到的內容與 Hub 列出的大小或檢查碼不符，沒有存下任何內容。請再試一次；若再次發生，請告知系統管理者。',
    'disk-full': '伺服器的空間不足，沒有存下任何內容，請告知系統管理者。',
  },
  said: '讀取時的說明（英文）：',
  uses: (count) => `${number(count)} 個題目版本或草稿的圖使用中`,
  uploadedBy: (name, file) => `${file}，由 ${name} 上傳`,
  edit: '修改',
  remove: '移除',
  removeQuestion: (name) => `要移除 ${name} 與它的檔案嗎？沒有圖使用它。`,
  cancel: '取消',
  save: '儲存',
  classes: '類別名稱，一行一個，依輸出的順序',
  classesHint: (count, found) => `已寫 ${number(found)} 個，共 ${number(count)} 個`,
  takeClasses: (model) => `採用 ${model} 的類別名稱`,
  preprocessing: '圖片的前處理',
  preprocessingHint: '圖片的數值為 0 到 1；模型得到的是（數值 − 平均）÷ 標準差。',
  mean: '平均',
  deviation: '標準差',
  channels: ['紅', '綠', '藍'],
  plainPictures: '不處理',
  imageNet: 'ImageNet',
  wrongNumbers: '每個色版都要填一個數字；標準差必須大於 0。',
  licence: '授權',
  source: '來源',
  note: '備註',
  training: '訓練方式',
  card: '模型卡',
  kind: { graph: 'ONNX 分類模型', homework: '作業的網路', language: '語言模型（BERT）' },
  hash: '權重的 SHA-256',
  input: '圖片',
  inputSize: (height, width) => `${height} × ${width} 像素，三個色版`,
  outputs: '類別',
  layers: '層數',
  parameters: '參數量',
  operators: '運算',
  operator: '運算',
  count: '節點數',
  gradient: '梯度',
  hasGradient: (has) => (has ? '有' : '沒有規則'),
  allExplainers: '全部可用：LIME、saliency、SmoothGrad、integrated gradients、filter。',
  onlyForward:
    '可以使用只需要 logits 的 LIME，以及下列第一個節點之前的 filter activation；需要梯度的方法不能使用：',
  languageExplainers: 'attention、遮蔽詞、embedding。',
  obstacles: {
    'no-rule': (operator, node) => `${operator}（節點 ${node}）沒有梯度規則。`,
    'shape-unknown': (operator, node) =>
      `${operator}（節點 ${node}）的形狀在執行之前無法得知。請以固定大小匯出，或以 torch.flatten 取代 view。`,
  },
  notes: {
    'probabilities-left-out': '模型結尾的 softmax 已略過：解釋方法需要的是 logits。',
    'one-at-a-time': '模型一次只能處理一張圖片，LIME 與 SmoothGrad 會比較慢。',
  },
  predictions: '它對附帶圖片的判斷',
  predictionsLead: '機率最高的類別與機率。',
  picture: '圖片',
  likeliest: '它認為是',
}

export const modelDictionaries: Readonly<Record<Language, ModelMessages>> = { en, zh }
