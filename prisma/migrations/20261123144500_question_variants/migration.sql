-- The same question on other pictures: made, refused, read, dealt.
ALTER TABLE "Question" ADD COLUMN "dealVariants" BOOLEAN NOT NULL DEFAULT false;

CREATE TYPE "VariantStatus" AS ENUM ('QUEUED', 'COMPUTING', 'SUPPORTED', 'REFUSED', 'FAILED');

CREATE TABLE "VariantTexts" (
    "baseId" TEXT NOT NULL,
    "texts" JSONB NOT NULL,
    "authorId" TEXT NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "VariantTexts_pkey" PRIMARY KEY ("baseId")
);

CREATE TABLE "QuestionVariant" (
    "id" TEXT NOT NULL,
    "baseId" TEXT NOT NULL,
    "substitution" JSONB NOT NULL,
    "status" "VariantStatus" NOT NULL DEFAULT 'QUEUED',
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "outcome" JSONB,
    "versionId" TEXT,
    "dealt" BOOLEAN NOT NULL DEFAULT false,
    "requestedById" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "QuestionVariant_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "QuestionVariant_versionId_key" ON "QuestionVariant"("versionId");
CREATE INDEX "QuestionVariant_baseId_idx" ON "QuestionVariant"("baseId");

ALTER TABLE "VariantTexts" ADD CONSTRAINT "VariantTexts_baseId_fkey"
  FOREIGN KEY ("baseId") REFERENCES "QuestionVersion"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "QuestionVariant" ADD CONSTRAINT "QuestionVariant_baseId_fkey"
  FOREIGN KEY ("baseId") REFERENCES "QuestionVersion"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "QuestionVariant" ADD CONSTRAINT "QuestionVariant_versionId_fkey"
  FOREIGN KEY ("versionId") REFERENCES "QuestionVersion"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Whoever takes a question's latest version must never take a variant: there is no version 0, and only variants lie below.
ALTER TABLE "QuestionVersion" ADD CONSTRAINT "QuestionVersion_version_check" CHECK ("version" <> 0);
-- Only a variant whose key is clearly supported has a version, and only that can be dealt.
ALTER TABLE "QuestionVariant" ADD CONSTRAINT "QuestionVariant_dealt_check"
  CHECK (("versionId" IS NOT NULL) = ("status" = 'SUPPORTED') AND ("versionId" IS NOT NULL OR NOT "dealt"));
