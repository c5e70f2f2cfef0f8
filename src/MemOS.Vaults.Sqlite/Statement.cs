using System.Buffers;
using System.Text;
using SQLitePCL;

namespace MemOS.Vaults.Sqlite;

/// <summary>
/// A prepared statement that lives as long as its connection. It binds and reads spans: no boxing, no strings on the way, which is what makes
/// a write of a message cost microseconds. Parameters (at most 64) and columns count from 0.
/// </summary>
internal sealed class Statement(Database database, string sql, sqlite3_stmt handle) : IDisposable
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // Parameters that hold NULL, which is what they begin with: rows have many, and each call into SQLite counts.
    private ulong _nulls = ulong.MaxValue;

    public string Sql => sql;

    public void Bind(int index, long value)
    {
        Check(raw.sqlite3_bind_int64(handle, index + 1, value));
        _nulls &= ~(1UL << index);
    }

    public void Bind(int index, double value)
    {
        Check(raw.sqlite3_bind_double(handle, index + 1, value));
        _nulls &= ~(1UL << index);
    }

    public void Bind(int index, long? value)
    {
        if (value is { } number)
        {
            Bind(index, number);
        }
        else
        {
            BindNull(index);
        }
    }

    public void BindNull(int index)
    {
        if ((_nulls & (1UL << index)) == 0)
        {
            Check(raw.sqlite3_bind_null(handle, index + 1));
            _nulls |= 1UL << index;
        }
    }

    public void Bind(int index, ReadOnlySpan<byte> blob)
    {
        Check(blob.IsEmpty ? raw.sqlite3_bind_zeroblob(handle, index + 1, 0) : raw.sqlite3_bind_blob(handle, index + 1, blob));
        _nulls &= ~(1UL << index);
    }

    public void Bind(int index, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        Bind(index, bytes);
    }

    /// <summary>Binds UTF-8 that is already encoded.</summary>
    public void BindUtf8(int index, ReadOnlySpan<byte> text)
    {
        Check(text.IsEmpty ? raw.sqlite3_bind_text(handle, index + 1, "") : raw.sqlite3_bind_text(handle, index + 1, text));
        _nulls &= ~(1UL << index);
    }

    public void Bind(int index, string? text)
    {
        if (text is null)
        {
            BindNull(index);
            return;
        }

        byte[]? rented = null;
        Span<byte> buffer = text.Length <= 256 ? stackalloc byte[768] : (rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length)));
        try
        {
            BindUtf8(index, buffer[..s_utf8.GetBytes(text, buffer)]);
        }
        catch (EncoderFallbackException error)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, "A name, id or header value holds half of a surrogate pair. Send well-formed Unicode.", error);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented, clearArray: true);
            }
        }
    }

    /// <summary>Moves to the next row; false at the end.</summary>
    public bool Step()
    {
        int code = raw.sqlite3_step(handle);
        return code switch
        {
            raw.SQLITE_ROW => true,
            raw.SQLITE_DONE => false,
            _ => throw Failed(code),
        };
    }

    /// <summary>Runs a statement that returns nothing, and makes it ready to be run again.</summary>
    public void Execute()
    {
        try
        {
            Step();
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Makes the statement ready to be bound and run again. Its last error was reported by <see cref="Step"/>.</summary>
    public void Reset() => _ = raw.sqlite3_reset(handle);

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public bool IsBlob(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_BLOB;

    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    public int Int32(int column) => raw.sqlite3_column_int(handle, column);

    public long? NullableInt64(int column) => IsNull(column) ? null : Int64(column);

    public double Double(int column) => raw.sqlite3_column_double(handle, column);

    /// <summary>The bytes of a text or blob; valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(handle, column);

    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    public string? NullableText(int column) => IsNull(column) ? null : Text(column);

    public Guid Guid(int column)
    {
        ReadOnlySpan<byte> bytes = Bytes(column);
        return bytes.Length == 16
            ? new Guid(bytes, bigEndian: true)
            : throw SqliteErrors.Corrupted(database.File, $"an id has {bytes.Length} bytes");
    }

    public int ColumnCount => raw.sqlite3_column_count(handle);

    public void Dispose()
    {
        database.Forget(this);
        handle.Dispose();
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw Failed(code);
        }
    }

    private MemOSException Failed(int code) => database.Error(code);
}
