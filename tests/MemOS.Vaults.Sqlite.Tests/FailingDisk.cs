namespace MemOS.Vaults.Sqlite.Tests;

/// <summary>Files on a disk with little space: writing more throws what the operating system would.</summary>
internal sealed class FailingDisk
{
    private static readonly int s_noSpace = OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28; // ERROR_DISK_FULL, ENOSPC

    /// <summary>Bytes that still fit.</summary>
    public long Left { get; set; } = long.MaxValue;

    public Stream Create(string path) => new SpaceCheckingStream(this, PayloadFiles.CreateFile(path));

    private sealed class SpaceCheckingStream(FailingDisk disk, Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => throw new NotSupportedException();
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (count > disk.Left)
            {
                throw new IOException("No space left on device", s_noSpace);
            }

            disk.Left -= count;
            inner.Write(buffer, offset, count);
        }

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
