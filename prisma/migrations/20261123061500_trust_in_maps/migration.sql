-- AlterTable
ALTER TABLE "QuestionVersion" ADD COLUMN     "trustRequestId" TEXT;

-- CreateIndex
CREATE INDEX "QuestionVersion_trustRequestId_idx" ON "QuestionVersion"("trustRequestId");
