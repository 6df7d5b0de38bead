import type { EvidenceRequest } from '../../evidence'
import { type FigureContext, type Layout, pictureOf } from '../context'
import type { ImagePanel, PanelGroup } from '../document'
import { mapPanel, picturePanel } from '../panels'
import { requestFor } from '../requests'
import type { FigureSpecOf } from '../spec'
import { nameOfPictures, say, spaced, together } from '../wording'

type Spec = FigureSpecOf<'sample-sizes'>

const method = 'smooth-grad'

/** Whether SmoothGrad makes the same map again, from few copies and from many. */
export const sampleSizes: Layout<Spec> = {
  requests: (spec, context) =>
    seedsOf(spec).flatMap((seed) => spec.samples.map((samples) => requestOf(spec, context, seed, samples))),

  async draw(spec, context, evidenceOf, assets) {
    const picture = pictureOf(context, spec.picture)
    const groups: PanelGroup[] = []
    for (const seed of seedsOf(spec)) {
      const panels: ImagePanel[] = []
      for (const samples of spec.samples) {
        const evidence = await evidenceOf(requestOf(spec, context, seed, samples))
        // Beside both rows, so that equal numbers stand below each other.
        if (panels.length === 0) panels.push(await picturePanel(picture, evidence, context, assets))
        panels.push(
          await mapPanel(method, picture, evidence, context, assets, {
            suffix: `-${seed}-${samples}`,
            caption: say(`${samples} 份副本`, samples === 1 ? '1 copy' : `${samples} copies`),
          }),
        )
      }
      groups.push({ heading: say(`隨機種子 ${seed}`, `Random seed ${seed}`), panels })
    }
    const shown = nameOfPictures(picture)
    return {
      groups,
      alternative: together(
        say(
          spaced(
            `${shown.zh}的 SmoothGrad，雜訊副本分別為 ${spec.samples.join('、')} 份，用兩個不同的隨機種子各做一次，每張圖各用自己的色階。`,
          ),
          `SmoothGrad of ${shown.en} from ${spec.samples.join(', ')} noisy copies, made with two different random seeds, each map on a scale of its own.`,
        ),
        ...groups.flatMap(({ heading, panels }) =>
          panels.flatMap((panel) =>
            panel.kind === 'image' && panel.role === 'map'
              ? [together(say(`${heading!.zh}，`, `${heading!.en}.`), panel.alternative)]
              : [],
          ),
        ),
      ),
    }
  },
}

const seedsOf = ({ seed }: Spec): readonly [number, number] => [seed, seed + 1]

function requestOf(spec: Spec, context: FigureContext, seed: number, samples: number): EvidenceRequest {
  return requestFor({ ...spec, seed }, context, method, spec.picture, { samples })
}
