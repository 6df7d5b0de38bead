import type { Bilingual } from '@/lib/explainers/bilingual'
import type { Stability } from '@/lib/explainers/claims/verdict'

/** What feedback says around a finding. Both languages are written; neither blames. */

export interface Standing {
  readonly chosen: boolean
  readonly keyed: boolean
  readonly holds: boolean | null
  /** Whether the model contradicts the key of this part. */
  readonly isContradicted: boolean
  /** How many options the key has. */
  readonly keyedOptions: number
}

/** @returns "You said “…”. In this model, …. It holds, as the key says." */
export function wordOption(text: Bilingual, finding: Bilingual, standing: Standing): Bilingual {
  const said = introduction(text, standing)
  const conclusion = conclusionOf(standing)
  return {
    zh: `${said.zh}在這個模型裡，${finding.zh}。${conclusion.zh}`,
    en: `${said.en} In this model, ${finding.en}. ${conclusion.en}`,
  }
}

function introduction({ zh, en }: Bilingual, { chosen, keyedOptions }: Standing): Bilingual {
  if (chosen) return { zh: `你選了「${zh}」。`, en: `You said “${en}”.` }
  if (keyedOptions > 1) return { zh: `正解包括「${zh}」。`, en: `The key includes “${en}”.` }
  return { zh: `正解是「${zh}」。`, en: `The key is “${en}”.` }
}

function conclusionOf({ chosen, keyed, holds, isContradicted }: Standing): Bilingual {
  if (holds === null)
    return {
      zh: '判定所需的數值不存在，所以無法判斷。',
      en: 'A number that would decide does not exist, so this stays open.',
    }
  if (!chosen)
    return holds
      ? { zh: '成立。', en: 'It holds.' }
      : {
          zh: '這個模型的表現與此不同；為何仍以它為正解，見下方說明。',
          en: 'This model behaves otherwise; why the key stands is said below.',
        }
  if (keyed)
    return holds
      ? { zh: '成立，與正解一致。', en: 'It holds, as the key says.' }
      : {
          zh: '這個模型的表現與此不同，但選它仍然算對；原因見下方說明。',
          en: 'This model behaves otherwise, yet choosing it counts as right; why is said below.',
        }
  if (!holds) return { zh: '所以不成立。', en: 'So it does not hold.' }
  return isContradicted
    ? {
        zh: '就這個模型而言，你說的沒有錯，但計分仍依正解；原因見下方說明。',
        en: 'Of this model you are right, yet the score follows the key; why is said below.',
      }
    : {
        zh: '照這樣量，它在這個模型上也成立，只是正解沒有算它；如果說明沒能說服你，歡迎向老師提問。',
        en: 'Measured this way it holds of this model too, though the key does not count it. If the explanation does not convince you, do ask.',
      }
}

/** @param accepted the reason that is kept with the key; undefined where nobody has given one. */
export function wordKeyNote(accepted: Bilingual | undefined): Bilingual {
  return (
    accepted ?? {
      zh: '這裡沒有記錄理由。計分依課程所訂的正解；如有疑問，請向老師或助教提出。',
      en: 'No reason is recorded here. The score follows the key as the course has set it; if you doubt it, ask your teacher.',
    }
  )
}

/** @returns null where other random seeds would decide the same with room to spare. */
export function wordChance(
  isThin: boolean,
  stability: Pick<Stability, 'seeds' | 'agreeing'> | null,
): Bilingual | null {
  if (!isThin || stability === null) return null
  const { seeds, agreeing } = stability
  return agreeing < seeds
    ? {
        zh: `差距很小：試了 ${seeds} 組隨機種子，其中 ${agreeing} 組得到這個結果。`,
        en: `It is a close call: of ${seeds} random seeds, ${agreeing} give this result.`,
      }
    : {
        zh: '差距很小：換一組隨機種子，數值的變動就與決定結果的差距差不多大。',
        en: 'It is a close call: another random seed moves the numbers by about as much as what decides.',
      }
}

/** What shows a definition at work, or fails to. */
export function wordDemonstration(finding: Bilingual, holds: boolean | null): Bilingual {
  return holds === true
    ? {
        zh: `在這個模型上可以看到：${finding.zh}。`,
        en: `In this model it can be seen at work: ${finding.en}.`,
      }
    : {
        zh: `這個模型沒有呈現出來：${finding.zh}。正解依據的是定義，不受影響。`,
        en: `This model does not show it: ${finding.en}. The key follows from the definition all the same.`,
      }
}
