import { describe, expect, it } from 'vitest'
import { measurementSchema } from '@/lib/explainers/claims/measurement'
import { offerMeasurements } from '@/lib/explainers/claims/offered-measurements'
import { figureSpecSchema } from '@/lib/explainers/figures/spec'
import { readAssignment } from '@/lib/interchange/service'

const strawberry = { zh: '草莓', en: 'strawberry' }
const regionsOf = () => [strawberry, { zh: '牛奶瓶', en: 'milk bottle' }]
const example = await readAssignment('prisma/examples/sanity-checks/assignment.yaml')
const questions = [...(await readAssignment()).questions, ...example.questions]
const everyMeasure = measurementSchema.options.map((option) => option.shape.measure.value).toSorted()

describe('offered measurements', () => {
  it('have those that bundled questions make among the fitting ones', () => {
    for (const { slug, figure, key } of questions)
      for (const { evidence } of Object.values(key)) {
        if (evidence?.kind !== 'claims' || !figure) continue
        const fitting = offerMeasurements(figure, regionsOf).fitting.map(({ measure }) => measure)
        for (const { measure } of Object.values(evidence.measurements))
          expect(fitting, `${slug} measures ${measure}`).toContain(measure)
      }
  })

  it('are all there, whatever the figure', () => {
    for (const figure of [null, ...questions.map((question) => question.figure)]) {
      const { fitting, more } = offerMeasurements(figure, regionsOf)
      expect([...new Set([...fitting, ...more].map(({ measure }) => measure))].toSorted()).toEqual(
        everyMeasure,
      )
      expect(more.filter(({ measure }) => fitting.some((one) => one.measure === measure))).toEqual([])
    }
  })

  it('can be made as they are offered beside figures of pictures', () => {
    for (const { figure } of questions) {
      if (!figure || !('variant' in figure) || 'sentence' in figure || !('seed' in figure)) continue
      for (const offered of offerMeasurements(figure, regionsOf).fitting)
        expect(() => measurementSchema.parse(offered), JSON.stringify(offered)).not.toThrow()
    }
  })

  it('take their parameters from the figure', () => {
    const spec = figureSpecSchema.parse({
      layout: 'maps',
      pictures: [4],
      methods: ['lime', 'smooth-grad'],
      seed: 3,
    })
    const { fitting } = offerMeasurements(spec, regionsOf)
    expect(fitting[0]).toEqual({ measure: 'region-weight', picture: 4, seed: 3 })
    expect(fitting).toContainEqual({
      measure: 'region-enrichment',
      method: 'smooth-grad',
      picture: 4,
      seed: 3,
    })
    const steps = figureSpecSchema.parse({ layout: 'integration-steps', pictures: [1], steps: [10, 200] })
    expect(offerMeasurements(steps, regionsOf).fitting[0]).toEqual({
      measure: 'steps-likeness',
      picture: 1,
      reference: 200,
      steps: [10, 200],
    })
  })
})
