'use client'

import { type RefObject, useLayoutEffect, useState } from 'react'
import type { Place } from './arc-geometry'

export interface SentenceLine {
  /** Pixels. */
  readonly fontSize: number
  /** The sentence runs downwards: the page is too narrow to set it in one readable line. */
  readonly vertical: boolean
  readonly places: readonly Place[]
  /** Of the line, along and across it, in pixels. */
  readonly length: number
  readonly breadth: number
  /** Pixels that arcs have on either side of a line that runs downwards. */
  readonly sideRoom: number
}

const largest = 30
const smallest = 14
/** Of a line that runs downwards: there is room for big type. */
const downwards = 18
/** Beside a line that runs downwards stand the weights of the held token. */
const numbers = 24

/**
 * Sets a sentence as large as its box allows, and measures where each token came to stand.
 * @param box what the sentence has to fit into
 * @param line the tokens' parent; its children are the tokens, and all lengths in it are in em
 * @param content changes when the tokens change
 */
export function useSentenceLine(
  box: RefObject<HTMLElement | null>,
  line: RefObject<HTMLElement | null>,
  content: string,
): SentenceLine | null {
  const [measured, setMeasured] = useState<SentenceLine | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: other tokens have other widths
  useLayoutEffect(() => {
    const [outer, inner] = [box.current, line.current]
    if (!outer || !inner) return
    const measure = () => {
      const next = setLine(outer, inner)
      setMeasured((last) => (last && JSON.stringify(last) === JSON.stringify(next) ? last : next))
    }
    measure()
    // The tokens' own sizes change too, when their font arrives.
    const observer = new ResizeObserver(measure)
    observer.observe(outer)
    observer.observe(inner)
    return () => observer.disconnect()
  }, [box, line, content])
  return measured
}

function setLine(outer: HTMLElement, inner: HTMLElement): SentenceLine {
  const tokens = [...inner.children] as HTMLElement[]
  const reference = 20
  inner.style.fontSize = `${reference}px`
  const widths = tokens.map((token) => token.offsetWidth)
  const gaps = 0.28 * reference * Math.max(0, tokens.length - 1)
  const natural = (widths.reduce((sum, width) => sum + width, 0) + gaps) / reference
  const fitting = Math.floor((outer.clientWidth / natural) * 4) / 4
  const vertical = fitting < smallest
  const fontSize = vertical ? downwards : Math.min(largest, fitting)
  inner.style.fontSize = `${fontSize}px`
  inner.style.flexDirection = vertical ? 'column' : 'row'
  const places = tokens.map((token) =>
    vertical
      ? { start: token.offsetTop, end: token.offsetTop + token.offsetHeight }
      : { start: token.offsetLeft, end: token.offsetLeft + token.offsetWidth },
  )
  return {
    fontSize,
    vertical,
    places,
    length: vertical ? inner.offsetHeight : inner.offsetWidth,
    breadth: vertical ? inner.offsetWidth : inner.offsetHeight,
    sideRoom: Math.max(40, Math.min(220, Math.floor((outer.clientWidth - inner.offsetWidth) / 2) - numbers)),
  }
}
