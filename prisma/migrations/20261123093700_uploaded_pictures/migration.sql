-- CreateTable
CREATE TABLE "Picture" (
    "id" TEXT NOT NULL,
    "courseId" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "uploadedById" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archivedAt" TIMESTAMP(3),

    CONSTRAINT "Picture_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "PictureRevision" (
    "pictureId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "title" JSONB NOT NULL,
    "label" INTEGER,
    "regions" JSONB NOT NULL,
    "maskSha256" TEXT,
    "authorId" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PictureRevision_pkey" PRIMARY KEY ("pictureId","number")
);

CREATE TABLE "PictureLook" (
    "pictureId" TEXT NOT NULL,
    "result" JSONB,
    "superpixels" BYTEA,
    "failed" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "PictureLook_pkey" PRIMARY KEY ("pictureId")
);

CREATE UNIQUE INDEX "Picture_courseId_sha256_key" ON "Picture"("courseId", "sha256");
CREATE INDEX "Picture_sha256_idx" ON "Picture"("sha256");
CREATE INDEX "PictureRevision_maskSha256_idx" ON "PictureRevision"("maskSha256");

ALTER TABLE "Picture" ADD CONSTRAINT "Picture_courseId_fkey" FOREIGN KEY ("courseId") REFERENCES "Course"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Picture" ADD CONSTRAINT "Picture_sha256_fkey" FOREIGN KEY ("sha256") REFERENCES "StoredObject"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "PictureRevision" ADD CONSTRAINT "PictureRevision_pictureId_fkey" FOREIGN KEY ("pictureId") REFERENCES "Picture"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "PictureRevision" ADD CONSTRAINT "PictureRevision_maskSha256_fkey" FOREIGN KEY ("maskSha256") REFERENCES "StoredObject"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "PictureLook" ADD CONSTRAINT "PictureLook_pictureId_fkey" FOREIGN KEY ("pictureId") REFERENCES "Picture"("id") ON DELETE CASCADE ON UPDATE CASCADE;
