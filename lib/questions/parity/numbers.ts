/** Numbers that a text states, however it writes them, so that two languages can be compared. */

export interface StatedNumbers {
  /** Written with digits, which both languages do alike. */
  readonly digits: ReadonlySet<number>
  /** Written in words where they surely count something: 兩個, "three". */
  readonly words: ReadonlySet<number>
  /** Everything that could be read as a number, to look up a digit of the other language. */
  readonly all: ReadonlySet<number>
}

const english = [
  ...['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven'],
  ...['twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen', 'twenty'],
]
const otherEnglish: Readonly<Record<string, number>> = {
  ...{
    first: 1,
    second: 2,
    third: 3,
    fourth: 4,
    fifth: 5,
    sixth: 6,
    seventh: 7,
    eighth: 8,
    ninth: 9,
    tenth: 10,
  },
  ...{ both: 2, twice: 2, pair: 2, half: 2, hundred: 100, thousand: 1000 },
}
const chineseDigits: Readonly<Record<string, number>> = {
  ...{ 零: 0, 〇: 0, 一: 1, 二: 2, 兩: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 },
}
const chineseUnits: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 }

/** 一 counts nothing in 一樣 or 一些, nor does "one" in "this one"; from two on a measure word makes it sure. */
const counted = /([二兩三四五六七八九十]+)(?=[個張種層題次組句項步類條者])/g

/** @returns the number of a run of Chinese numerals below ten thousand: 十二 is 12, 一千 is 1,000. */
function chineseNumber(numeral: string): number {
  let [sum, digit] = [0, 0]
  for (const character of numeral) {
    const unit = chineseUnits[character]
    if (unit === undefined) digit = chineseDigits[character] ?? 0
    else {
      sum += (digit || 1) * unit
      digit = 0
    }
  }
  return sum + digit
}

function digitsOf(text: string): number[] {
  const numerals = text.normalize('NFKC').match(/\d+(?:,\d{3})*(?:\.\d+)?/g) ?? []
  return numerals.map((numeral) => Number(numeral.replaceAll(',', '')))
}

/** @param text without formulas and code. */
export function numbersInEnglish(text: string): StatedNumbers {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? []
  const digits = new Set(digitsOf(text))
  const counting = words.map((word) => english.indexOf(word)).filter((number) => number >= 2)
  const others = words.flatMap(
    (word) => otherEnglish[word] ?? (english.includes(word) ? english.indexOf(word) : []),
  )
  return { digits, words: new Set(counting), all: new Set([...digits, ...counting, ...others]) }
}

/** @param text without formulas and code. */
export function numbersInChinese(text: string): StatedNumbers {
  const digits = new Set(digitsOf(text))
  const counting = [...text.matchAll(counted)].map(([, numeral = '']) => chineseNumber(numeral))
  const runs = text.match(/[零〇一二兩三四五六七八九十百千]+/g) ?? []
  // 二三 may be a run of digits or a range; every character counts too.
  const others = runs.flatMap((run) => [chineseNumber(run), ...Array.from(run, chineseNumber)])
  return { digits, words: new Set(counting), all: new Set([...digits, ...counting, ...others]) }
}

/** @returns numbers that one text states and the other does not. */
export function differingNumbers(one: StatedNumbers, other: StatedNumbers): number[] {
  const missing = (from: StatedNumbers, to: StatedNumbers) => [
    ...[...from.digits].filter((number) => !to.all.has(number)),
    // "Both" or 雙 may stand for a word; only another number makes it a difference.
    ...[...from.words].filter((number) => to.words.size > 0 && !to.all.has(number)),
  ]
  return [...new Set([...missing(one, other), ...missing(other, one)])].toSorted((a, b) => a - b)
}
