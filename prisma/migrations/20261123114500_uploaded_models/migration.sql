-- CreateEnum
CREATE TYPE "ModelStatus" AS ENUM ('CHECKING', 'DETAILS', 'READY', 'REFUSED');

-- CreateTable
CREATE TABLE "UploadedModel" (
    "name" TEXT NOT NULL,
    "courseId" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "status" "ModelStatus" NOT NULL DEFAULT 'CHECKING',
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "details" JSONB NOT NULL,
    "card" JSONB,
    "problem" JSONB,
    "uploadedById" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "UploadedModel_pkey" PRIMARY KEY ("name")
);

CREATE TABLE "ModelFile" (
    "modelName" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,

    CONSTRAINT "ModelFile_pkey" PRIMARY KEY ("modelName","name")
);

-- CreateIndex
CREATE INDEX "UploadedModel_courseId_idx" ON "UploadedModel"("courseId");
CREATE INDEX "ModelFile_sha256_idx" ON "ModelFile"("sha256");

-- AddForeignKey
ALTER TABLE "UploadedModel" ADD CONSTRAINT "UploadedModel_courseId_fkey"
    FOREIGN KEY ("courseId") REFERENCES "Course"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ModelFile" ADD CONSTRAINT "ModelFile_modelName_fkey"
    FOREIGN KEY ("modelName") REFERENCES "UploadedModel"("name") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ModelFile" ADD CONSTRAINT "ModelFile_sha256_fkey"
    FOREIGN KEY ("sha256") REFERENCES "StoredObject"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;
