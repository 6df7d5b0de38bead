import { max, sum } from 'd3-array'
import type { Bilingual } from '../bilingual'
import type { Tensor } from '../evidence'
import type { ShownSuperpixel } from '../methods/superpixel-weights'
import { formatNumber } from './number-format'
import { say, together } from './wording'

/**
 * Alternative text of maps: what is bright and where, in ninths of the picture. It says what can be seen and names no
 * object, as finding the object is often what a question asks.
 */

const CELLS = 3
/** A ninth is named when it holds at least this share of them. */
const NAMED_SHARE = 0.12
/** Share of the pixels whose places are told. */
const MOST = 0.05

const cellNames: readonly Bilingual[] = [
  say('左上', 'upper left'),
  say('上方中間', 'top centre'),
  say('右上', 'upper right'),
  say('左側中間', 'middle left'),
  say('正中央', 'centre'),
  say('右側中間', 'middle right'),
  say('左下', 'lower left'),
  say('下方中間', 'bottom centre'),
  say('右下', 'lower right'),
]

function cellOf(y: number, x: number, height: number, width: number): number {
  return Math.floor((y * CELLS) / height) * CELLS + Math.floor((x * CELLS) / width)
}

/** What stands out in a map: high values, or, in maps with a sign, values far from zero on either side. */
export type Emphasis = 'bright' | 'strong'

/** @returns [height, width]: how much each pixel stands out, the mean over the channels of an RGB map. */
export function emphasis(map: Tensor, kind: Emphasis): Tensor {
  const [height, width] = map.shape.slice(-2) as [number, number]
  const plane = height * width
  const channels = map.data.length / plane
  const data = new Float32Array(plane)
  for (let i = 0; i < map.data.length; i++) {
    const value = map.data[i]!
    data[i % plane]! += (kind === 'bright' ? value : Math.abs(value)) / channels
  }
  return { data, shape: [height, width] }
}

const words = {
  bright: {
    most: say('最亮的 5 % 像素', 'The brightest 5 % of the pixels'),
    level: say(
      '九宮格平均亮度（最亮一格為 100）',
      'Mean brightness by ninths, left to right, the brightest being 100',
    ),
  },
  strong: {
    most: say('最偏離零（灰色）的 5 % 像素', 'The 5 % of the pixels that differ most from zero (grey)'),
    level: say(
      '九宮格平均偏離程度（最大一格為 100）',
      'Mean difference from zero by ninths, left to right, the largest being 100',
    ),
  },
} as const

/**
 * @param map [height, width] or [3, height, width].
 * @returns where the most emphasised twentieth of the pixels lies, and the mean emphasis of each ninth.
 */
export function describeMap(map: Tensor, kind: Emphasis = 'bright'): Bilingual {
  const { data, shape } = emphasis(map, kind)
  const [height, width] = shape as [number, number]
  const order = Float32Array.from(data).sort()
  const lowest = order[0]!
  if (lowest === order.at(-1)) return say('整張圖的值都相同。', 'The map has the same value everywhere.')
  const threshold = order[Math.floor(order.length * (1 - MOST))]!
  const cells = Array.from({ length: CELLS * CELLS }, () => ({ sum: 0, count: 0, most: 0 }))
  for (let pixel = 0; pixel < data.length; pixel++) {
    const value = data[pixel]!
    const cell = cells[cellOf(Math.floor(pixel / width), pixel % width, height, width)]!
    cell.sum += value
    cell.count += 1
    if (value >= threshold) cell.most += 1
  }
  const total = sum(cells, ({ most }) => most)
  const named = cells
    .map(({ most }, index) => ({ name: cellNames[index]!, share: most / total }))
    .filter(({ share }) => share >= NAMED_SHARE)
    .sort((a, b) => b.share - a.share)
  const { most, level } = words[kind]
  const percent = (share: number) => `${Math.round(100 * share)} %`
  const where =
    named.length > 0
      ? say(
          `${most.zh}主要在${named.map(({ name, share }) => `${name.zh}（${percent(share)}）`).join('、')}。`,
          `${most.en} lie mainly in the ${named.map(({ name, share }) => `${name.en} (${percent(share)})`).join(', ')}.`,
        )
      : say(`${most.zh}散布在整張圖。`, `${most.en} are spread over the whole map.`)
  // A map of fewer than three pixels a side leaves some ninths empty.
  const levels = cells.map((cell) => (cell.count > 0 ? cell.sum / cell.count : lowest))
  const top = max(levels)!
  const rows = [0, 3, 6].map((first) =>
    levels
      .slice(first, first + CELLS)
      .map((value) => Math.round((100 * (value - lowest)) / (top - lowest)))
      .join(', '),
  )
  return together(
    where,
    say(
      `${level.zh}：上排 ${rows[0]}；中排 ${rows[1]}；下排 ${rows[2]}。`,
      `${level.en}: top row ${rows[0]}; middle row ${rows[1]}; bottom row ${rows[2]}.`,
    ),
  )
}

/**
 * @param labels superpixels [height, width].
 * @param withWeights whether each is listed with its weight, or only with its place.
 * @returns where the green and the red superpixels are, largest absolute weight first.
 */
export function describeSuperpixels(
  labels: Tensor,
  shown: readonly ShownSuperpixel[],
  withWeights: boolean,
): Bilingual {
  const [height, width] = labels.shape as [number, number]
  const place = (label: number) => {
    let [y, x, count] = [0, 0, 0]
    for (let pixel = 0; pixel < labels.data.length; pixel++) {
      if (labels.data[pixel] !== label) continue
      y += Math.floor(pixel / width)
      x += pixel % width
      count += 1
    }
    return cellNames[cellOf(y / count, x / count, height, width)]!
  }
  const list = (superpixels: readonly ShownSuperpixel[], language: keyof Bilingual) =>
    superpixels
      .map(({ label, weight }) => `${place(label)[language]}${withWeights ? ` ${formatNumber(weight)}` : ''}`)
      .join(language === 'zh' ? '、' : ', ')
  const green = shown.filter(({ weight }) => weight > 0)
  const red = shown.filter(({ weight }) => weight < 0)
  const none = say('沒有', 'none')
  const zh = (s: readonly ShownSuperpixel[]) =>
    s.length > 0 ? `${s.length} 塊（${list(s, 'zh')}）` : none.zh
  const en = (s: readonly ShownSuperpixel[]) => (s.length > 0 ? `${s.length} (${list(s, 'en')})` : none.en)
  return say(
    `綠色實線框：${zh(green)}；紅色虛線框：${zh(red)}。`,
    `Green with a solid outline: ${en(green)}. Red with a dashed outline: ${en(red)}.`,
  )
}
