import type { Data, Processor } from 'unified'

type Extension = NonNullable<Data['micromarkExtensions']>[number]
type Construct = Extract<NonNullable<NonNullable<Extension['text']>[number]>, { tokenize: unknown }>

const dollarSign = 36

/**
 * Tells formulas from prices, as Pandoc does: what stands between single dollars begins and ends without a space, and no
 * digit follows. "$5 and $10" is money; `$x$` is a formula. To be used after remark-math, whose construct it narrows.
 */
export function dollarsAroundFormulas(this: Processor) {
  for (const { text } of this.data().micromarkExtensions ?? []) {
    const construct = text?.[dollarSign]
    if (text && construct && !Array.isArray(construct)) text[dollarSign] = narrowed(construct)
  }
}

function narrowed(construct: Construct): Construct {
  return {
    ...construct,
    tokenize(effects, ok, nok) {
      const start = this.now()
      return construct.tokenize.call(
        this,
        effects,
        (code) => {
          const source = this.sliceSerialize({ start, end: this.now() })
          const isFormula = source.startsWith('$$') || /^\$\S(.*\S)?\$$/s.test(source)
          const isDigit = code !== null && code >= 48 && code <= 57
          return isFormula && !isDigit ? ok(code) : nok(code)
        },
        nok,
      )
    },
  }
}
