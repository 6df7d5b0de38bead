import type { Language } from '@/app/messages/language'

interface TrustMessages {
  /** Evidence of the tests of a method's map. */
  readonly testsOf: (method: string) => string
  readonly asking: string
  readonly notAsked: string
  readonly again: string
  readonly pointing: string
  readonly pointingLead: string
  readonly withheld: string
  readonly unread: string
  readonly map: string
  readonly object: string
  readonly hit: string
  readonly chance: string
}

/** What the tests of maps say beside their figure. They come with their component, which few pages open. */
export const trustMessages: Readonly<Record<Language, TrustMessages>> = {
  en: {
    testsOf: (method) => `Tests of ${method}`,
    asking: 'Asking for the tests…',
    notAsked: 'The tests could not be asked for. Check the network, then try again.',
    again: 'Try again',
    pointing: 'Pointing game',
    pointingLead:
      'Whether the highest place of the map lies on the object that the class names, or within 4 pixels of it. Several places may be equally high; each counts alike.',
    withheld: 'The pointing game names objects in the picture, so it is shown with the answer key.',
    unread: 'The pointing game could not be read. Close and open this part to try again.',
    map: 'Map',
    object: 'Object',
    hit: 'On the object',
    chance: 'A random place',
  },
  zh: {
    testsOf: (method) => `${method} 的檢驗`,
    asking: '正在要求檢驗…',
    notAsked: '無法要求檢驗。請檢查網路，再試一次。',
    again: '再試一次',
    pointing: 'Pointing game',
    pointingLead:
      '圖上數值最高的位置，是否落在類別所指的物體上（或相距 4 個像素以內）。同為最高的位置可能不只一個，每個都一樣計算。',
    withheld: 'Pointing game 會指出圖片中的物體，因此與解答一起公布。',
    unread: '無法讀取 pointing game 的結果。關閉再打開這一段，就會再試一次。',
    map: '圖',
    object: '物體',
    hit: '落在物體上',
    chance: '隨機位置',
  },
}
