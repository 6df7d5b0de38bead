import { describe, expect, it } from 'vitest'
import { measurementSchema } from '@/lib/explainers/claims/measurement'
import { phraseOf } from '@/lib/explainers/claims/phrases'
import { placeOf } from '@/lib/explainers/claims/place'
import { quantityOf } from '@/lib/explainers/claims/quantities'
import { pictureAsset, pictureShownIn } from '@/lib/explainers/figures/picture-asset'
import { figureSpecSchema, picturesOf } from '@/lib/explainers/figures/spec'
import { nameOfPictures, pictureCaption } from '@/lib/explainers/figures/wording'
import { buildRequest } from '@/lib/explainers/request'

const id = 'cm3soup00000001'
const title = { zh: '拉麵', en: 'Ramen' }
const titles = (wanted: string) => (wanted === id ? title : undefined)

describe('a picture by its id', () => {
  it('stands in specs and measurements beside numbers, and nothing else does', () => {
    const spec = (pictures: unknown[]) =>
      figureSpecSchema.safeParse({ layout: 'maps', pictures, methods: ['saliency'] })
    expect(picturesOf(spec([3, id]).data!)).toEqual([3, id])
    for (const wrong of ['3', '../3', 'Soup', '', id.toUpperCase(), -1, 1.5, null])
      expect(spec([wrong]).success, String(wrong)).toBe(false)
  })

  it('is found again in the names of assets and the subjects of measurements', () => {
    for (const name of [0, 12, id])
      expect(pictureShownIn({ asset: 'map.png', over: pictureAsset({ id: name }) })).toBe(name)
    expect(pictureShownIn({ asset: 'noisy-0-1.png' })).toBeNull()
    const scales = measurementSchema.parse({ measure: 'gradient-scale', pictures: [3, id] })
    expect([placeOf(scales, '3'), placeOf(scales, id)]).toEqual([
      { picture: 3, region: null },
      { picture: id, region: null },
    ])
  })

  it('is called by its title, and where nobody knows that, a picture', () => {
    expect(pictureCaption({ id, title })).toEqual(title)
    expect(nameOfPictures({ id: 3, title }, { id, title }, { id: 5, title })).toEqual({
      zh: '圖片 3、「拉麵」、5',
      en: 'pictures 3, “Ramen”, 5',
    })
    expect(nameOfPictures({ id })).toEqual({ zh: '圖片', en: 'picture' })
    const removal = measurementSchema.parse({ measure: 'region-removal', picture: id })
    expect(quantityOf(removal, titles).title).toEqual({
      zh: '以平均色蓋住圖片「拉麵」的區域後，logit 的變化',
      en: 'Change of the logit when a region of picture “Ramen” is filled with its mean colour',
    })
    const differences = measurementSchema.parse({ measure: 'finite-differences', picture: id })
    const phrase = phraseOf(differences, { titles, regionName: (_, region) => ({ zh: region, en: region }) })
    expect(phrase.of({ zh: '', en: '' }).en).toContain('gradient of picture “Ramen” with')
  })

  it('names its regions in evidence that is measured in them, and in no other', () => {
    const layers = [{ index: 0, type: 'Conv2d', channels: 4 }] as const
    const request = (method: string, regionsSha256?: string) =>
      buildRequest({
        method,
        model: { name: 'm', sha256: 'a'.repeat(64), classes: ['Soup'], layers },
        picture: { name: id, sha256: 'b'.repeat(64), ...(regionsSha256 && { regionsSha256 }) },
        target: 0,
        variant: 'homework',
        seed: 16,
      })
    const named = { name: id, sha256: 'b'.repeat(64) }
    expect(request('saliency', 'c').input).toEqual(named)
    expect(request('trust-saliency').input).toEqual(named)
    expect(request('trust-saliency', 'c').input).toEqual({ ...named, regions: 'c' })
  })
})
