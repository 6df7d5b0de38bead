import { describe, expect, it } from 'vitest'
import { trustSpecOf } from '@/lib/explainers/figures/trust-spec'
import { requestNaming } from '@/lib/figures/service'
import { bundledSources } from '@/lib/figures/sources'
import { readAssignment } from '@/lib/interchange/service'
import { versionHash } from '@/lib/questions/mutations'

/**
 * Of each bundled question: the names of its version, of its figure's request and of the request of the figure that tests
 * its maps, as installations have stored them. Another first name would give every question a new version; another second
 * or third would have all figures computed anew, which only a change of models, methods or drawing is worth.
 */
const stored: { readonly [slug: string]: readonly [string, string | null, string | null] } = {
  q01: ['26a05c5ea8bb30fd', '3338730058c3b809', '9bd6fb2eb5e6a369'],
  q02: ['78847b970cef3830', '2b0422f46c19f1ab', '47a9e537b70bac65'],
  q03: ['82feba2e92cd906f', '9eb77dcbe7d9f0ff', 'db0eefcdeb94b0ac'],
  q04: ['1969f7511ca0ddd4', '15acaca71c153114', 'db0eefcdeb94b0ac'],
  q05: ['bce6215ae167783e', '336ff584560aa7c4', 'b496f2b9e04f29af'],
  q06: ['9753194eea4cf510', '6f32e7e0664f5d5d', '79c0a815610ba9a1'],
  q07: ['b9573106f8c9baa4', 'a990b5759b6bbafe', '7ae24b38c789eece'],
  q08: ['ddf37852959fee43', '24fda4c6c43b9ffd', 'dfd8bc372adde4a2'],
  q09: ['9e6a5b0df511203e', 'd6032b9824416936', '2e96ec0e670cfdc6'],
  q10: ['98beb300cfd821e3', 'be0c99fe95d4c552', 'e33c5fc934e1a212'],
  q11: ['b78e5691a607a281', 'c620382c25bbd1e6', 'b49841253c1948ae'],
  q12: ['6f57bfa41fcb6136', 'b84b95e567e24423', '064c53365ba96fe4'],
  q13: ['f804d14480d8cfc1', 'd94309a6d781036a', 'da80c40c3c6f6fa4'],
  q14: ['4758c8ebf7629c6e', 'd9e6c444e4712060', null],
  q15: ['257f10c05dc75bc4', 'f358060200b9d22d', null],
  q16: ['f37a94bcdf69c234', '118c23de69312281', null],
  q17: ['35de93cd6cef8a92', '0fab071467e74f87', null],
  q18: ['3f02c0bd8c6a83e1', '8e00d6442fcb7d78', '60a8b122d5cc0a91'],
  q19: ['b3e883a834b78999', '48a6c53b497e5694', '2a377e3047f0c185'],
  q20: ['8ed471b8c45807f2', '25d82beae4546440', 'f9bd567d0b14385c'],
  q21: ['09bfaf6a9cb078a7', '843d5fc01cbc24b8', null],
  q22: ['2dee5d123de64a77', '90eacf0eee3eac02', null],
  q23: ['5d4ff1aac0faf66a', '4dbcb7905a8cca27', null],
  q24: ['b3e8e7971202ebf6', '32e94218a3619ccc', null],
  q25: ['a7db857ab326a19a', '25de5957d02a0d42', null],
  q26: ['96084da8b3b460cc', 'e2e84bb8a76d1966', null],
  q27: ['febdba181f8de452', '5d5b8c700d698148', null],
  q28: ['8bca8ec708f0c206', '83409d6d790b6062', null],
  q29: ['bf63cd5a9b2de66c', 'df22bc65a4a2fde1', null],
  q30: ['bdf0f7c78e03c227', '4e0142aee1361490', null],
}

describe('stored names of the bundled questions', () => {
  it('stay as they are', async () => {
    const { questions } = await readAssignment()
    const requestIdOf = requestNaming(bundledSources())
    const names: { [slug: string]: (string | null)[] } = {}
    for (const { slug, content, key, figure } of questions) {
      const tests = figure && trustSpecOf(figure)
      const full = [
        versionHash({ content, key, figureSpec: figure }),
        figure && (await requestIdOf(figure)),
        tests && (await requestIdOf(tests)),
      ]
      names[slug] = full.map((name) => name?.slice(0, 16) ?? null)
    }
    expect(names).toEqual(stored)
  })
})
