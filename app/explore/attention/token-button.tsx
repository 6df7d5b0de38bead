'use client'

import { clsx } from 'clsx'

/** A token as it is shown. */
export interface ShownToken {
  /** Its characters in the sentence, or `[CLS]`. */
  readonly text: string
  readonly special: boolean
  readonly masked: boolean
  /** What the model would rather have there: `he .79`; null where that is not known. */
  readonly expected: string | null
}

/** A token of the sentence: a click holds it, a double click masks it. */
export function TokenButton({
  token,
  position,
  about,
  held,
  centre,
  weights,
  vertical,
  tabbable,
  onFocus,
  onHold,
  onMask,
  onHover,
}: {
  token: ShownToken
  position: number
  /** What a screen reader says after the token itself. */
  about: string
  held: boolean
  centre: boolean
  /** While a token is held: what it gives this one, and what this one gives it. */
  weights: { readonly given: number; readonly taken: number } | null
  vertical: boolean
  tabbable: boolean
  onFocus: () => void
  onHold: () => void
  onMask: () => void
  onHover: (over: boolean) => void
}) {
  const number = 'pointer-events-none absolute text-[11px] leading-none font-[520] text-quiet numbers'
  return (
    <button
      type="button"
      aria-pressed={held}
      data-token={position}
      tabIndex={tabbable ? 0 : -1}
      lang="en"
      onFocus={onFocus}
      onClick={onHold}
      onDoubleClick={onMask}
      onPointerEnter={(event) => event.pointerType === 'mouse' && onHover(true)}
      onPointerLeave={() => onHover(false)}
      className={clsx(
        'relative rounded-[0.22em] px-[0.16em] font-[480] tracking-[-0.01em] whitespace-nowrap select-none transition-colors duration-100',
        vertical ? 'w-full py-[0.36em] text-center' : 'pt-[18px] pb-[30px]',
        token.special && !centre && 'text-faint',
        centre && !token.masked && 'bg-accent-soft text-ink',
        held && 'underline decoration-accent decoration-2 underline-offset-[0.22em]',
      )}
    >
      {weights && weights.given >= 0.005 && (
        <span
          aria-hidden="true"
          className={clsx(
            number,
            vertical ? 'top-1/2 right-full -translate-y-1/2' : 'top-0.5 left-1/2 -translate-x-1/2',
          )}
        >
          {short(weights.given)}
        </span>
      )}
      {token.masked ? (
        <span className="relative inline-block rounded-[0.2em] border border-dashed border-accent bg-accent-soft px-[0.2em] py-[0.08em] text-accent">
          [MASK]
          {!vertical && (
            <span
              aria-hidden="true"
              className={clsx(
                'absolute top-full left-1/2 mt-[3px] -translate-x-1/2 text-[12px] leading-none numbers',
                token.expected === null ? 'text-quiet line-through' : 'font-[560]',
              )}
            >
              {token.expected ?? token.text}
            </span>
          )}
        </span>
      ) : (
        token.text
      )}
      <span className="sr-only">{about}</span>
      {weights && weights.taken >= 0.005 && (
        <span
          aria-hidden="true"
          className={clsx(
            number,
            vertical ? 'top-1/2 left-full -translate-y-1/2' : 'bottom-0 left-1/2 -translate-x-1/2',
          )}
        >
          {short(weights.taken)}
        </span>
      )}
    </button>
  )
}

/** `.62`: beside a word there is little room. */
function short(weight: number): string {
  return weight >= 0.995 ? '1' : weight.toFixed(2).slice(1)
}
