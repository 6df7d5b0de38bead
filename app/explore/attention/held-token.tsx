'use client'

import { useExplorerMessages } from '../messages/use-explorer-messages'
import type { ExplorerState } from './explorer-state'

/** What can be done with the token that is held. The row keeps its height, so that nothing jumps. */
export function HeldToken({
  state,
  wordAt,
  isWord,
  corpus,
  onMask,
  onChange,
}: {
  state: ExplorerState
  wordAt: (position: number) => string
  isWord: (position: number) => boolean
  /** That a search begins with. */
  corpus: string
  onMask: (position: number) => void
  onChange: (change: Partial<ExplorerState>) => void
}) {
  const messages = useExplorerMessages()
  const { held, masks } = state
  const small = 'button min-h-9! px-3! py-1! text-13'
  return (
    <div className="mt-3 flex min-h-9 flex-wrap items-center justify-center gap-2 text-13">
      {held !== null && (
        <>
          <span className="mr-1 text-quiet">{messages.held(wordAt(held))}</span>
          {isWord(held) && (
            <>
              <button type="button" className={small} onClick={() => onMask(held)}>
                {masks.includes(held) ? messages.unmask(wordAt(held)) : messages.mask(wordAt(held))}
              </button>
              <button
                type="button"
                className={small}
                onClick={() =>
                  onChange({ search: { corpus, position: held, layer: state.layer, numbering: 'exbert' } })
                }
              >
                {messages.search(wordAt(held))}
              </button>
            </>
          )}
          <button type="button" className={`${small} button-plain`} onClick={() => onChange({ held: null })}>
            {messages.release}
          </button>
        </>
      )}
      {masks.length > 0 && (
        <button
          type="button"
          className={`${small} button-plain`}
          onClick={() => onChange({ masks: [], compare: [] })}
        >
          {messages.clearMasks}
        </button>
      )}
    </div>
  )
}
