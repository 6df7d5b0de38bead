import type { Bilingual } from '../bilingual'
import { say } from '../figures/wording'
import { change, percent, plain, times } from './amount'
import type { LanguageMeasurementName } from './measurement'
import { type PhrasesOf, phrase, withArticle } from './phrase'

const partsOfSpeech: { readonly [tag: string]: Bilingual } = {
  NOUN: say('名詞', 'nouns'),
  VERB: say('動詞', 'verbs'),
  ADJ: say('形容詞', 'adjectives'),
  ADV: say('副詞', 'adverbs'),
  PRON: say('代名詞', 'pronouns'),
  PROPN: say('專有名詞', 'proper nouns'),
}

const properties: { readonly [property: string]: Bilingual } = {
  position: say('位置', 'positions'),
  length: say('句子長度', 'sentence lengths'),
  meaning: say('意思', 'meanings'),
  occurrences: say('出現次數', 'numbers of occurrences'),
}

const metrics = {
  cosine: say('餘弦相似度', 'cosine similarity'),
  euclidean: say('歐氏距離', 'Euclidean distance'),
}

const evenShare = times(say('平均分配', 'an even share'))

/** What is measured on language models. */
export const textPhrases: PhrasesOf<LanguageMeasurementName> = {
  'head-focus': ({ head }) =>
    phrase(
      'target',
      evenShare,
      ({ zh, en }) =>
        say(
          `各層第 ${head} 個 head 對${zh}的平均權重，最大`,
          `the largest mean weight of head ${head} on ${en}, of all layers,`,
        ),
      { noun: withArticle },
    ),
  'masked-part-of-speech': ({ neighbours, partOfSpeech }) =>
    phrase('layer', percent, ({ zh, en }) => {
      const wanted = partsOfSpeech[partOfSpeech] ?? say(partOfSpeech, partOfSpeech)
      return say(
        `${zh}最相近的 ${neighbours} 個字中${wanted.zh}領先的比例`,
        `the lead of ${wanted.en} among the ${neighbours} nearest words at ${en}`,
      )
    }),
  'masked-words': ({ word }) =>
    phrase(
      'word',
      percent,
      ({ zh, en }) =>
        say(`在「${word}」的位置預測${zh}的機率`, `the probability of ${en} in the place of “${word}”`),
      { noun: ({ name }) => say(`「${name.zh}」`, `“${name.en}”`) },
    ),
  'masked-drop': ({ also, token }) =>
    phrase('number', plain(), () =>
      say(
        `把「${also}」也蓋掉後，「${token}」的機率減少的量`,
        `the decrease of the probability of “${token}” when “${also}” is masked too`,
      ),
    ),
  'head-weight': ({ head, from, to }) =>
    phrase('layer', evenShare, ({ zh, en }) =>
      say(
        `${zh}第 ${head} 個 head 由「${from}」到「${to}」的權重`,
        `the weight of head ${head} from “${from}” to “${to}” at ${en}`,
      ),
    ),
  'answer-distance': () =>
    phrase('layer', times(say('平均距離', 'the mean distance')), ({ zh, en }) =>
      say(
        `${zh}的答案與其他 embedding 的距離`,
        `the distance of the answer from the other embeddings at ${en}`,
      ),
    ),
  'question-matching': () =>
    phrase('group', change, ({ zh, en }) =>
      say(
        `${zh}中，相關句子與問題的 cosine 高出其餘句子的量`,
        `the cosine of the question with the relevant sentence, minus that with the rest, at ${en}`,
      ),
    ),
  'sentence-clustering': () =>
    phrase('group', percent, ({ zh, en }) =>
      say(
        `${zh}中，最近鄰屬於同一句的比例減去隨機值`,
        `the share of nearest neighbours in the same sentence, above chance, at ${en}`,
      ),
    ),
  'group-separation': ({ choices }) =>
    phrase(
      'choice',
      plain(),
      ({ zh, en }) =>
        say(`用${zh}比較時，水果與公司兩群分開的程度`, `the separation of fruit and company by ${en}`),
      {
        noun: ({ subject, name }) => {
          const choice = choices.find(({ metric, part }) => `${metric} ${part}` === subject)
          if (!choice) return name
          const { zh, en } = metrics[choice.metric]
          return say(`「${choice.part}」的${zh}`, `the ${en} of 「${choice.part}」`)
        },
      },
    ),
  'pair-similarity': ({ part, sentences: [one, other] }) =>
    phrase('layer', plain(), ({ zh, en }) =>
      say(
        `句 ${one} 與句 ${other} 的「${part}」在${zh}的 cosine 相似度`,
        `the cosine similarity of 「${part}」 in sentences ${one} and ${other} at ${en}`,
      ),
    ),
  'embedding-dependence': ({ part }) =>
    phrase(
      'property',
      percent,
      ({ zh, en }) =>
        say(
          `各句對中，第 0 層「${part}」的 embedding 是否相等與${zh}是否相同的一致率`,
          `the agreement between equal layer-0 embeddings of 「${part}」 and equal ${en}, over all pairs of sentences,`,
        ),
      { noun: ({ subject, name }) => properties[subject] ?? name },
    ),
}
