/** The corpus that comes with Vitrine. */
export const defaultCorpusName = 'moby-dick'
