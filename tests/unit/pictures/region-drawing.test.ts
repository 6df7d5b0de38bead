import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawingReducer, startDrawing } from '@/app/courses/[course]/staff/pictures/[picture]/use-drawing'

const said = (en: string) => ({ name: { zh: en, en }, explained: false })
const start = () =>
  startDrawing([said('a'), said('b'), said('c')], Uint8Array.from([0, 1, 1, 2, 2, 3, 3, 3, 0]))
const steps = fc.oneof(
  fc.record({
    kind: fc.constant('paint' as const),
    pixels: fc.array(fc.nat(8), { maxLength: 4 }),
    region: fc.nat(3),
  }),
  fc.record({ kind: fc.constant('remove' as const), key: fc.nat(3) }),
  fc.record({ kind: fc.constant('raise' as const), key: fc.nat(3) }),
  fc.record({ kind: fc.constant('add' as const) }),
)

/** Names and pixels by name: what a person sees. */
function seen({ present, said }: ReturnType<typeof start>) {
  return present.keys.map((key, index) => ({
    said: said[key],
    pixels: [...present.mask.keys()].filter((pixel) => present.mask[pixel] === index + 1),
  }))
}

describe('drawing regions', () => {
  it('can be undone to the beginning and done again to the end', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 12 }), (actions) => {
        const possible = (state: ReturnType<typeof start>, action: (typeof actions)[number]) =>
          !('key' in action) || state.present.keys.includes(action.key)
        const end = actions.reduce(
          (state, action) => (possible(state, action) ? drawingReducer(state, action) : state),
          start(),
        )
        let state = end
        while (state.past.length > 0) state = drawingReducer(state, { kind: 'undo' })
        expect(seen(state)).toEqual(seen(start()))
        while (state.future.length > 0) state = drawingReducer(state, { kind: 'redo' })
        expect(seen(state)).toEqual(seen(end))
      }),
    )
  })

  it('moves regions with their pixels and names', () => {
    const moved = drawingReducer(start(), { kind: 'raise', key: 2 })
    expect(seen(moved)).toEqual([seen(start())[0], seen(start())[2], seen(start())[1]])
    const without = drawingReducer(moved, { kind: 'remove', key: 0 })
    expect(seen(without)).toEqual([seen(start())[2], seen(start())[1]])
  })

  it('keeps a name that was written after what is undone', () => {
    const painted = drawingReducer(start(), { kind: 'paint', pixels: [0], region: 1 })
    const named = drawingReducer(painted, { kind: 'say', key: 0, said: said('soup') })
    expect(seen(drawingReducer(named, { kind: 'undo' }))[0]).toEqual({ said: said('soup'), pixels: [1, 2] })
  })
})
