import { type CSSProperties, createElement, type ReactElement } from 'react'
import type { Scene } from '../chart/scene'

/** Boxes and texts as satori lays them out. A box's children stand in a row unless its style says otherwise. */

export type Node = ReactElement

export function box(style: CSSProperties, children: readonly (Node | undefined)[] = []): Node {
  return createElement('div', { style: { display: 'flex', ...style } }, ...children)
}

const SUPERSCRIPT = /([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)/
const ORDINARY: Record<string, string> = Object.fromEntries(
  [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁻'].map((raised, i) => [raised, '0123456789\u2212'[i]!]),
)

export function text(content: string, style: CSSProperties = {}): Node {
  if (!SUPERSCRIPT.test(content))
    return createElement('div', { style: { display: 'flex', ...style } }, content)
  // The fonts have only some raised digits, so powers of ten are set small and high.
  const size = Number(style.fontSize ?? 16)
  const parts = content
    .split(SUPERSCRIPT)
    .map((part, i) =>
      i % 2 === 0
        ? createElement('div', { key: i }, part)
        : createElement(
            'div',
            { key: i, style: { fontSize: size * 0.72, marginTop: -size * 0.18 } },
            [...part].map((raised) => ORDINARY[raised]).join(''),
          ),
    )
  return createElement('div', { style: { display: 'flex', ...style } }, ...parts)
}

/**
 * An empty place of `size` by `size` units. Pictures are put in afterwards, pixel by pixel: an SVG renderer is slow
 * with them and would smooth their squares.
 */
export function place(assets: readonly string[], size: number): Node {
  return createElement('div', {
    'data-assets': assets,
    style: { display: 'flex', width: size, height: size },
  })
}

/** An empty place for a scene's shapes: they are put in afterwards, below all words, as outlines of their own. */
export function scenePlace(scene: Scene, width: number, height: number): Node {
  return createElement('div', {
    'data-scene': scene,
    style: { display: 'flex', width, height, flexShrink: 0 },
  })
}

/** @param body what stands inside the `svg` element, in units of its width and height. */
export function drawing(body: string, width: number, height: number, style: CSSProperties = {}): Node {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${body}</svg>`
  const src = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
  return createElement('img', { src, width, height, style })
}
