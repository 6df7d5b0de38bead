import { useReducer } from 'react'
import { painted, withoutRegion } from '@/lib/pictures/drawing'
import type { PictureRegion } from '@/lib/pictures/view'

/** A region under way: its key stays while its place in the list, and with it its id in the mask, changes. */
export interface DrawnRegion extends PictureRegion {
  readonly key: number
}

/** What can be undone: which regions there are, and which pixels they have. Names are written outside of it. */
interface Drawn {
  readonly keys: readonly number[]
  readonly mask: Uint8Array<ArrayBuffer>
}

interface State {
  readonly past: readonly Drawn[]
  readonly present: Drawn
  readonly future: readonly Drawn[]
  readonly said: { readonly [key: number]: PictureRegion }
  readonly nextKey: number
  /** Key of the region that is being drawn; null: none. */
  readonly selected: number | null
}

type Action =
  | { readonly kind: 'paint'; readonly pixels: readonly number[]; readonly region: number }
  | { readonly kind: 'add' }
  | { readonly kind: 'remove'; readonly key: number }
  | { readonly kind: 'raise'; readonly key: number }
  | { readonly kind: 'say'; readonly key: number; readonly said: PictureRegion }
  | { readonly kind: 'select'; readonly key: number }
  | { readonly kind: 'undo' | 'redo' }

/** Steps that can be undone; a mask is a quarter of a megabyte. */
const mostSteps = 60

export function drawingReducer(state: State, action: Action): State {
  const { past, present, future } = state
  const step = (next: Drawn): State => ({
    ...state,
    past: [...past, present].slice(-mostSteps),
    present: next,
    future: [],
  })
  switch (action.kind) {
    case 'paint':
      return step({ ...present, mask: painted(present.mask, action.pixels, action.region) })
    case 'add': {
      const key = state.nextKey
      return {
        ...step({ ...present, keys: [...present.keys, key] }),
        said: { ...state.said, [key]: { name: { zh: '', en: '' }, explained: false } },
        nextKey: key + 1,
        selected: key,
      }
    }
    case 'remove': {
      const keys = present.keys.filter((key) => key !== action.key)
      const mask = withoutRegion(present.mask, present.keys.indexOf(action.key) + 1)
      return { ...step({ keys, mask }), selected: keys.at(-1) ?? null }
    }
    case 'raise': {
      const place = present.keys.indexOf(action.key)
      if (place < 1) return state
      const keys = present.keys.with(place, present.keys[place - 1]!).with(place - 1, action.key)
      const [above, below] = [place, place + 1]
      const mask = present.mask.map((id) => (id === above ? below : id === below ? above : id))
      return step({ keys, mask })
    }
    case 'say':
      return { ...state, said: { ...state.said, [action.key]: action.said } }
    case 'select':
      return { ...state, selected: action.key }
    case 'undo': {
      const before = past.at(-1)
      if (!before) return state
      return { ...standing(state, before), past: past.slice(0, -1), future: [present, ...future] }
    }
    case 'redo': {
      const [after, ...later] = future
      if (!after) return state
      return { ...standing(state, after), past: [...past, present], future: later }
    }
  }
}

/** Selects a region that is there. */
function standing(state: State, present: Drawn): State {
  const { selected } = state
  const isThere = selected !== null && present.keys.includes(selected)
  return { ...state, present, selected: isThere ? selected : (present.keys[0] ?? null) }
}

export function startDrawing(regions: readonly PictureRegion[], mask: Uint8Array<ArrayBuffer>): State {
  return {
    past: [],
    present: { keys: regions.map((_, index) => index), mask },
    future: [],
    said: { ...regions },
    nextKey: regions.length,
    selected: regions.length > 0 ? 0 : null,
  }
}

/** Regions and mask of a picture while they are drawn, with undo and redo. */
export function useDrawing(regions: readonly PictureRegion[], mask: Uint8Array<ArrayBuffer>) {
  const [state, dispatch] = useReducer(drawingReducer, null, () => startDrawing(regions, mask))
  const { present, selected } = state
  return {
    regions: present.keys.map((key): DrawnRegion => ({ key, ...state.said[key]! })),
    mask: present.mask,
    selected,
    /** Id in the mask of the region that is being drawn; 0: none. */
    selectedId: selected === null ? 0 : present.keys.indexOf(selected) + 1,
    mayUndo: state.past.length > 0,
    mayRedo: state.future.length > 0,
    dispatch,
  }
}

export type Drawing = ReturnType<typeof useDrawing>
