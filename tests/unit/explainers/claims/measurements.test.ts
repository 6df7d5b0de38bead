import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MODEL_ROLES, measurementSchema, roleOf, withSeed } from '@/lib/explainers/claims/measurement'
import { laplacianShare } from '@/lib/explainers/claims/measurements/filters'
import { drawSolid, solids } from '@/lib/explainers/claims/measurements/solids'
import { quantityOf } from '@/lib/explainers/claims/quantities'
import { pearson, spearman } from '@/lib/explainers/correlation'
import { readBundledPictures, readRegions } from '@/lib/explainers/pictures/bundled'
import { readAssignment } from '@/lib/interchange/service'

const values = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 3, maxLength: 20 })

describe('correlations', () => {
  it('are 1 of a sequence with itself, whatever the scale, and −1 upside down', () => {
    fc.assert(
      fc.property(values, (one) => {
        fc.pre(new Set(one).size > 1)
        const scaled = one.map((value) => 3 * value + 7)
        expect(pearson(one, scaled)).toBeCloseTo(1)
        expect(
          pearson(
            one,
            scaled.map((value) => -value),
          ),
        ).toBeCloseTo(-1)
        expect(
          spearman(
            one,
            one.map((value) => value ** 3),
          ),
        ).toBeCloseTo(1)
      }),
    )
  })

  it('share ranks between equals, as SciPy does', () => {
    expect(spearman([1, 2, 2, 3], [1, 3, 2, 4])).toBeCloseTo(0.948683, 6)
  })

  it('do not exist where nothing varies', () => {
    expect(pearson([1, 1, 1], [1, 2, 3])).toBeNull()
    expect(spearman([1, 2, 3], [5, 5, 5])).toBeNull()
  })
})

describe('laplacianShare', () => {
  it('is smaller for a smoother map, and none of an even one', () => {
    const map = (wave: number) => ({
      data: Float32Array.from({ length: 1024 }, (_, pixel) => Math.sin(((pixel % 32) * wave * Math.PI) / 16)),
      shape: [32, 32],
    })
    expect(laplacianShare(map(1))!).toBeLessThan(laplacianShare(map(4))!)
    expect(laplacianShare({ data: new Float32Array(1024).fill(3), shape: [32, 32] })).toBeNull()
  })
})

describe('the drawn solids', () => {
  const size = { height: 128, width: 128 }
  const best = (map: Float32Array, box: Parameters<typeof drawSolid>[2]) => {
    const likeness = solids.map((solid) =>
      Math.max(
        ...Array.from(
          { length: 24 },
          (_, turn) => pearson(map, drawSolid(solid, (turn * Math.PI) / 12, box, size)) ?? -1,
        ),
      ),
    )
    return solids[likeness.indexOf(Math.max(...likeness))]!.id
  }

  it('are each most like themselves, however turned', () => {
    const box = { left: 20, top: 20, right: 100, bottom: 90 }
    for (const solid of solids)
      for (const angle of [0.3, 1.9]) expect(best(drawSolid(solid, angle, box, size), box)).toBe(solid.id)
  })

  it('find a cube in the mask of the butter: the measurement can tell what it is asked for', async () => {
    const pictures = await readBundledPictures('public/pictures')
    const butter = (await readRegions('public/pictures', pictures[1]!)).find(
      ({ name }) => name.en === 'butter',
    )!
    expect(best(butter.coverage.data, { left: 23, top: 29, right: 99, bottom: 97 })).toBe('cube')
  })
})

describe('the vocabulary', () => {
  it('has words and a role for every measurement, as the bundled assignments use them, and can be read back', async () => {
    const example = await readAssignment('prisma/examples/sanity-checks/assignment.yaml')
    const ofAssignments = [...(await readAssignment()).questions, ...example.questions].flatMap(({ key }) =>
      Object.values(key).flatMap(({ evidence }) => {
        if (evidence?.kind === 'claims') return Object.values(evidence.measurements)
        return Object.values(evidence?.demonstration?.measurements ?? {})
      }),
    )
    const unused = (['absolute', 'signed', 'ssim', 'hog'] as const).flatMap((by) =>
      (['cascading', 'independent'] as const).map((order) =>
        measurementSchema.parse({ measure: 'layer-likeness', method: 'saliency', picture: 5, by, order }),
      ),
    )
    const used = [...ofAssignments, ...unused]
    expect(new Set(used.map(({ measure }) => measure)).size).toBe(measurementSchema.options.length)
    for (const measurement of used) {
      const { title } = quantityOf(measurement)
      expect(title.zh).toMatch(/\p{Script=Han}/u)
      expect(title.en).toMatch(/^[A-Z1]/)
      expect(MODEL_ROLES).toContain(roleOf(measurement))
      expect(measurementSchema.parse(JSON.parse(JSON.stringify(measurement)))).toEqual(measurement)
    }
  })

  it('gives another seed only to what chance takes part in', () => {
    const lime = measurementSchema.parse({ measure: 'region-weight', picture: 2 })
    const saliency = measurementSchema.parse({ measure: 'region-enrichment', method: 'saliency', picture: 2 })
    expect(withSeed(lime, 5)).toEqual({ ...lime, seed: 5 })
    expect(withSeed(saliency, 5)).toEqual(saliency)
  })
})
