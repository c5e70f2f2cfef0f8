using System.Buffers;

namespace MemOS.Server.Mcp.Stdio;

/// <summary>A stream of lines, read or written by one side: tells each line that passed, and holds its end back until it may come.</summary>
/// <param name="inner">The stream; not owned.</param>
/// <param name="passed">Told each line: before the reader has it, or after it was written.</param>
/// <param name="beforeEnd">Waited for before a reader learns that there is no more.</param>
internal sealed class LineStream(Stream inner, Action<ReadOnlyMemory<byte>> passed, Func<CancellationToken, Task> beforeEnd) : Stream
{
    private readonly ArrayBufferWriter<byte> _line = new();

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await inner.ReadAsync(buffer, cancellationToken).AsTask().WaitAsync(cancellationToken); // a read of the console heeds no token
        if (read == 0 && _line.WrittenCount > 0 && buffer.Length > 0)
        {
            buffer.Span[0] = (byte)'\n'; // a last line without its end is a line too, and is to be answered before the end is told
            read = 1;
        }

        Pass(buffer.Span[..read]);
        if (read == 0 && buffer.Length > 0)
        {
            await beforeEnd(cancellationToken);
        }

        return read;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await inner.WriteAsync(buffer, cancellationToken);
        Pass(buffer.Span);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Pass(ReadOnlySpan<byte> bytes)
    {
        for (int end = bytes.IndexOf((byte)'\n'); end >= 0; end = bytes.IndexOf((byte)'\n'))
        {
            _line.Write(bytes[..end]);
            if (_line.WrittenCount > 0)
            {
                passed(_line.WrittenMemory);
            }

            _line.ResetWrittenCount();
            bytes = bytes[(end + 1)..];
        }

        _line.Write(bytes);
    }
}
