import { number, plural } from '../counting'
import type { Language } from '../language'

export type Tool = 'polygon' | 'brush' | 'eraser' | 'superpixel'

/** What the pages of a course's pictures say. */
export interface PictureMessages {
  readonly title: string
  readonly lead: string
  readonly limits: string
  readonly none: string
  readonly choose: string
  readonly drop: string
  readonly dropOne: string
  readonly sending: (file: string) => string
  readonly added: (file: string) => string
  readonly known: (file: string) => string
  readonly failed: string
  readonly set: string
  readonly setLead: string
  readonly chooseSet: string
  readonly checking: string
  readonly sent: (percent: number) => string
  readonly told: (fresh: number, known: number) => string
  readonly take: (fresh: number) => string
  readonly taken: (fresh: number) => string
  readonly wholeZip: string
  readonly further: (count: number) => string
  readonly bundled: string
  readonly bundledLead: string
  readonly copy: string
  readonly noClass: string
  readonly regionCount: (count: number) => string
  readonly archived: string
  readonly showArchived: (count: number) => string
  readonly back: string
  readonly titleField: string
  readonly classField: string
  readonly classHint: string
  readonly classNumber: (index: number) => string
  readonly probabilities: string
  readonly probabilitiesBy: (model: string) => string
  readonly looking: string
  readonly lookFailed: string
  readonly lookAgain: string
  readonly regions: string
  readonly regionsLead: string
  readonly tools: string
  readonly tool: Readonly<Record<Tool, string>>
  readonly toolHint: Readonly<Record<Tool, string>>
  readonly keyboard: string
  readonly canvas: string
  readonly brushSize: string
  readonly zoom: string
  readonly opacity: string
  readonly undo: string
  readonly redo: string
  readonly closeShape: string
  readonly addRegion: string
  readonly region: (place: number) => string
  readonly draw: string
  readonly drawing: string
  readonly explained: string
  readonly removeRegion: (name: string) => string
  readonly up: (name: string) => string
  readonly area: (percent: number) => string
  readonly noRegion: string
  readonly chooseRegion: string
  readonly at: (x: number, y: number, what: string) => string
  readonly pointSet: (count: number) => string
  readonly pointBack: (count: number) => string
  readonly shapeDropped: string
  readonly shapeClosed: (pixels: number) => string
  readonly paintedArea: (pixels: number) => string
  readonly undone: string
  readonly redone: string
  readonly save: string
  readonly saving: string
  readonly saved: string
  readonly savedInUse: string
  readonly unsaved: string
  readonly names: Readonly<Record<Language, string>>
  readonly empty: (places: string) => string
  readonly usedBy: string
  readonly usedByHint: string
  readonly archive: string
  readonly unarchive: string
  readonly remove: string
  readonly removeQuestion: string
  readonly cancel: string
  readonly readOnly: string
  readonly reload: string
  readonly invalid: string
}

export const pictureDictionaries: Readonly<Record<Language, PictureMessages>> = {
  en: {
    title: 'Pictures',
    lead: 'Pictures that figures and measurements of this course can use, beside the bundled ones.',
    limits:
      'JPEG, PNG or WebP, at most 12 MB and 24 million pixels. Kept as PNG of at most 1024 pixels a side, upright, on white, without place, date or camera.',
    none: 'No picture yet.',
    choose: 'Choose pictures',
    drop: 'or drop them here',
    dropOne: 'or drop it here',
    sending: (file) => `${file}: sending …`,
    added: (file) => `${file}: added`,
    known: (file) => `${file}: the course has this picture already`,
    failed: 'The server did not answer. Nothing was changed; try again.',
    set: 'A zip of pictures',
    setLead:
      'Such as the course’s food.zip: files named class_number, for example 3_12.jpg. It is checked first; then all of it is taken in, or nothing. At most 1,000 pictures and 200 MB.',
    chooseSet: 'Choose a zip',
    checking: 'Checking every picture …',
    sent: (percent) => `Sending: ${percent} %`,
    told: (fresh, known) =>
      `${plural(fresh, 'new picture', 'new pictures')}${known > 0 ? `, ${number(known)} already there` : ''}.`,
    take: (fresh) => `Take in ${plural(fresh, 'picture', 'pictures')}`,
    taken: (fresh) => `${plural(fresh, 'picture', 'pictures')} taken in.`,
    wholeZip: 'The zip',
    further: (count) => `and ${number(count)} more`,
    bundled: 'Bundled pictures',
    bundledLead: 'They come with Vitrine and do not change. A copy belongs to the course and can be changed.',
    copy: 'Copy into the course',
    noClass: 'No class yet',
    regionCount: (count) => plural(count, 'region', 'regions'),
    archived: 'Archived',
    showArchived: (count) => `Show archived pictures (${number(count)})`,
    back: 'All pictures',
    titleField: 'Title',
    classField: 'Class',
    classHint:
      'What the picture shows. Explanations are of this class; without one, no figure can use the picture.',
    classNumber: (index) => `Class ${index}`,
    probabilities: 'What the classifier sees',
    probabilitiesBy: (model) => `Probabilities of ${model}`,
    looking: 'The classifier is looking at the picture …',
    lookFailed: 'The classifier could not look at this picture; the server’s log says why.',
    lookAgain: 'Look again',
    regions: 'Regions',
    regionsLead:
      'Named parts of the picture, in which measurements are made. A pixel belongs to one region at most.',
    tools: 'Tools',
    tool: { polygon: 'Polygon', brush: 'Brush', eraser: 'Eraser', superpixel: 'Superpixel' },
    toolHint: {
      polygon: 'Press corner after corner; press the first one again, or Close shape, to fill it.',
      brush: 'Draw over the region.',
      eraser: 'Draw over what belongs to no region.',
      superpixel: 'Press a superpixel, as LIME cuts them, to add it; press it again to take it out.',
    },
    keyboard:
      'Arrow keys move the crosshair (with Shift: one pixel). Enter sets a corner, paints or takes the superpixel. Backspace takes the last corner back, Escape drops the shape, C closes it. Control+Z undoes, Control+Y does it again.',
    canvas: 'Picture with its regions, to draw in',
    brushSize: 'Size',
    zoom: 'Zoom',
    opacity: 'Opacity',
    undo: 'Undo',
    redo: 'Redo',
    closeShape: 'Close shape',
    addRegion: 'Add a region',
    region: (place) => `Region ${place}`,
    draw: 'Draw this one',
    drawing: 'Being drawn',
    explained: 'It is what the class names',
    removeRegion: (name) => `Remove ${name}`,
    up: (name) => `Move ${name} up`,
    area: (percent) => `${percent} % of the picture`,
    noRegion: 'no region',
    chooseRegion: 'Add a region first, then draw it.',
    at: (x, y, what) => `${x} across, ${y} down: ${what}`,
    pointSet: (count) => `Corner ${count} set`,
    pointBack: (count) => `Corner taken back, ${count} left`,
    shapeDropped: 'Shape dropped',
    shapeClosed: (pixels) => `Shape filled: ${number(pixels)} pixels`,
    paintedArea: (pixels) => `${number(pixels)} pixels painted`,
    undone: 'Undone',
    redone: 'Done again',
    save: 'Save',
    saving: 'Saving …',
    saved: 'Saved.',
    savedInUse: 'Saved. Figures that depend on it are made anew, and answer keys are checked again.',
    unsaved: 'Not saved yet',
    names: { zh: 'Name in Chinese', en: 'Name in English' },
    empty: (places) => `Draw or remove: ${places} has no pixel.`,
    usedBy: 'Used by',
    usedByHint:
      'A change of title, class or regions gives these figures new names: they are made anew, and their answer keys are checked again. Figures made before stay as they are.',
    archive: 'Archive',
    unarchive: 'Take out of the archive',
    remove: 'Remove',
    removeQuestion: 'Remove this picture for good?',
    cancel: 'Cancel',
    readOnly: 'Only instructors can change pictures.',
    reload: 'Show it as it is now',
    invalid:
      'Something is missing: both titles and both names of every region are needed, each English name once.',
  },
  zh: {
    title: '圖片',
    lead: '這門課的圖與量測可以使用的圖片（內建圖片之外）。',
    limits:
      '接受 JPEG、PNG、WebP，最多 12 MB、2,400 萬像素。存成每邊最多 1024 像素的 PNG：轉正、白底，並移除地點、日期與相機資訊。',
    none: '還沒有圖片。',
    choose: '選擇圖片',
    drop: '或拖放到這裡',
    dropOne: '或拖放到這裡',
    sending: (file) => `${file}：傳送中…`,
    added: (file) => `${file}：已加入`,
    known: (file) => `${file}：課程已有這張圖片`,
    failed: '伺服器沒有回應，沒有做任何變更。請再試一次。',
    set: '一整個 zip 的圖片',
    setLead:
      '例如課程的 food.zip：檔名為「類別編號_編號」，如 3_12.jpg。系統會先檢查，再全部收下，或全部不收。最多 1,000 張、200 MB。',
    chooseSet: '選擇 zip',
    checking: '正在檢查每張圖片…',
    sent: (percent) => `傳送中：${percent} %`,
    told: (fresh, known) => `${number(fresh)} 張新圖片${known > 0 ? `，${number(known)} 張課程已有` : ''}。`,
    take: (fresh) => `收下 ${number(fresh)} 張圖片`,
    taken: (fresh) => `已收下 ${number(fresh)} 張圖片。`,
    wholeZip: '整個 zip',
    further: (count) => `還有 ${number(count)} 項`,
    bundled: '內建圖片',
    bundledLead: '隨系統提供，不能修改。複製到課程後即可修改。',
    copy: '複製到課程',
    noClass: '尚未選類別',
    regionCount: (count) => `${number(count)} 個區域`,
    archived: '已封存',
    showArchived: (count) => `顯示已封存的圖片（${number(count)}）`,
    back: '所有圖片',
    titleField: '標題',
    classField: '類別',
    classHint: '圖片裡是什麼。解釋圖解釋的就是這個類別；沒有類別的圖片無法用在圖中。',
    classNumber: (index) => `類別 ${index}`,
    probabilities: '分類器看到什麼',
    probabilitiesBy: (model) => `${model} 的機率`,
    looking: '分類器正在看這張圖片…',
    lookFailed: '分類器無法處理這張圖片，原因在伺服器的紀錄中。',
    lookAgain: '再試一次',
    regions: '區域',
    regionsLead: '圖片中有名稱的部分，量測會在其中進行。每個像素最多屬於一個區域。',
    tools: '工具',
    tool: { polygon: '多邊形', brush: '筆刷', eraser: '橡皮擦', superpixel: '超像素' },
    toolHint: {
      polygon: '依序點出各個頂點；再點第一個頂點，或按「封閉形狀」，即可填滿。',
      brush: '塗滿區域。',
      eraser: '擦掉不屬於任何區域的部分。',
      superpixel: '點一個超像素（與 LIME 的切法相同）加入；再點一次取出。',
    },
    keyboard:
      '方向鍵移動十字（加 Shift：一次一像素）。Enter 設頂點、塗色或選超像素；Backspace 收回上一個頂點，Esc 放棄形狀，C 封閉形狀；Ctrl+Z 復原，Ctrl+Y 重做。',
    canvas: '圖片與其區域，可在上面繪製',
    brushSize: '大小',
    zoom: '縮放',
    opacity: '不透明度',
    undo: '復原',
    redo: '重做',
    closeShape: '封閉形狀',
    addRegion: '新增區域',
    region: (place) => `區域 ${place}`,
    draw: '繪製這個',
    drawing: '繪製中',
    explained: '類別指的就是它',
    removeRegion: (name) => `移除${name}`,
    up: (name) => `將${name}上移`,
    area: (percent) => `占圖片 ${percent} %`,
    noRegion: '不屬於任何區域',
    chooseRegion: '請先新增區域，再繪製。',
    at: (x, y, what) => `橫 ${x}、縱 ${y}：${what}`,
    pointSet: (count) => `已設第 ${count} 個頂點`,
    pointBack: (count) => `已收回頂點，剩 ${count} 個`,
    shapeDropped: '已放棄形狀',
    shapeClosed: (pixels) => `已填滿形狀：${number(pixels)} 像素`,
    paintedArea: (pixels) => `已塗 ${number(pixels)} 像素`,
    undone: '已復原',
    redone: '已重做',
    save: '儲存',
    saving: '儲存中…',
    saved: '已儲存。',
    savedInUse: '已儲存。相關的圖會重新產生，答案也會重新檢查。',
    unsaved: '尚未儲存',
    names: { zh: '中文名稱', en: '英文名稱' },
    empty: (places) => `${places}沒有任何像素，請繪製或移除。`,
    usedBy: '使用這張圖片的題目',
    usedByHint:
      '修改標題、類別或區域，這些圖就會有新的名稱：重新產生，答案也會重新檢查。先前產生的圖維持原樣。',
    archive: '封存',
    unarchive: '取消封存',
    remove: '移除',
    removeQuestion: '確定永久移除這張圖片？',
    cancel: '取消',
    readOnly: '只有教師可以修改圖片。',
    reload: '顯示目前的內容',
    invalid: '有欄位未填或不正確：標題與每個區域的中英文名稱都要填，英文名稱不能重複。',
  },
}
