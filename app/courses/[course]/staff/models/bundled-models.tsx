'use client'

import { BilingualText } from '@/app/components/bilingual-text'
import type { BundledCard } from '@/lib/models/view'
import { Fact, ModelCardView } from './model-card'
import { useModelMessages } from './use-model-messages'

export interface BundledModel extends BundledCard {
  readonly name: string
}

/** The models that come with Vitrine, with their cards. */
export function BundledModels({ models }: { models: readonly BundledModel[] }) {
  const words = useModelMessages()
  return (
    <section className="mt-14" aria-labelledby="bundled">
      <h2 id="bundled" className="text-21 font-[580]">
        {words.bundled}
      </h2>
      <p className="mt-1 text-quiet">{words.bundledLead}</p>
      <ul className="mt-4 border-t">
        {models.map(({ name, licence, source, training, card, classes }) => (
          <li key={name} className="border-b py-4">
            <h3 className="text-17 font-[560]">{name}</h3>
            <ModelCardView name={name} card={card} classes={classes}>
              <Fact label={words.licence}>{licence}</Fact>
              <Fact label={words.source}>
                <BilingualText text={source} />
              </Fact>
              <Fact label={words.training}>
                <BilingualText text={training} />
              </Fact>
            </ModelCardView>
          </li>
        ))}
      </ul>
    </section>
  )
}
