import type { EvidenceRequest, Json } from '../evidence'
import type { PictureName } from '../pictures/picture-name'
import { findMethod } from '../registry'
import { buildRequest } from '../request'
import { type FigureContext, pictureOf } from './context'
import type { PictureFigureSpec } from './spec'

/**
 * The request for one method and one picture of a figure. Equal explanations in different figures give equal
 * requests, so that they are computed once.
 *
 * @param own what the layout itself asks for, such as a layer; it goes before the figure's own parameters.
 * @throws ExplainerError
 */
export function requestFor(
  spec: PictureFigureSpec,
  context: FigureContext,
  method: string,
  id: PictureName,
  own: { readonly [name: string]: Json } = {},
): EvidenceRequest {
  const picture = pictureOf(context, id)
  const given = spec.parameters as {
    readonly [method: string]: { readonly [name: string]: Json } | undefined
  }
  const { explainer } = findMethod(method)
  // A method that goes on from another takes its parameters.
  const named = 'basis' in explainer ? explainer.basis : method
  return buildRequest({
    method,
    model: context.model,
    picture,
    target: picture.label,
    variant: spec.variant,
    seed: spec.seed,
    parameters: { ...given[named], ...own },
  })
}
