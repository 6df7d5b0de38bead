SET lock_timeout = '5s';

-- Variants that come along with a copy or a file are measured where they arrive. What somebody has read of one travels as a
-- hash: dealt is what comes out the same.
ALTER TABLE "QuestionVariant" ADD COLUMN "read" TEXT;

-- Of a copied question, until it is published for the first time.
ALTER TABLE "QuestionDraft" ADD COLUMN "variants" JSONB;

-- Texts that come with the bundled assignment have no author.
ALTER TABLE "VariantTexts" ALTER COLUMN "authorId" DROP NOT NULL;
