using System.Text;
using System.Text.Json;

namespace MemOS.Evaluation.Answers;

/// <summary>A run's file: its header, then a line for each answer, written as it comes. What is in it is not asked again.</summary>
internal sealed class AnswerRunFile : IAsyncDisposable
{
    private readonly FileStream _stream;
    private readonly Dictionary<(string System, string Conversation, string Question), AnswerRecord> _known = [];

    private AnswerRunFile(FileStream stream) => _stream = stream;

    /// <summary>Opens a file, or makes it. A last line that was cut off by a crash is dropped.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/> when it is of another run.</exception>
    public static async Task<AnswerRunFile> OpenAsync(string path, RunHeader header, CancellationToken cancellationToken)
    {
        AnswerRunFile file = new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
        try
        {
            await file.ReadAsync(path, header, cancellationToken).ConfigureAwait(false);
            return file;
        }
        catch
        {
            await file.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public AnswerRecord? Find(string system, string conversation, string question) => _known.GetValueOrDefault((system, conversation, question));

    public async Task AddAsync(AnswerRecord record, CancellationToken cancellationToken)
    {
        await WriteAsync(JsonSerializer.SerializeToUtf8Bytes(record, AnswerLinesJsonContext.Default.AnswerRecord), cancellationToken).ConfigureAwait(false);
        _known[(record.System, record.Conversation, record.Question)] = record;
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task ReadAsync(string path, RunHeader header, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[_stream.Length];
        await _stream.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        int end = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        _stream.SetLength(end);
        _stream.Position = end;
        string[] lines = Encoding.UTF8.GetString(bytes, 0, end).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0)
        {
            await WriteAsync(JsonSerializer.SerializeToUtf8Bytes(header, AnswerLinesJsonContext.Default.RunHeader), cancellationToken).ConfigureAwait(false);
            return;
        }

        try
        {
            if (JsonSerializer.Deserialize(lines[0], AnswerLinesJsonContext.Default.RunHeader) != header)
            {
                throw new MemOSException(ErrorCodes.InvalidInput, $"{path} is of a run with another data set, model, budget or prompts. Name another file, or run as then.");
            }

            foreach (string line in lines.Skip(1))
            {
                AnswerRecord record = JsonSerializer.Deserialize(line, AnswerLinesJsonContext.Default.AnswerRecord) ?? throw new JsonException("null");
                _known[(record.System, record.Conversation, record.Question)] = record;
            }
        }
        catch (JsonException exception)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"{path} is not the file of a run: {exception.Message}", exception);
        }
    }

    private async Task WriteAsync(byte[] line, CancellationToken cancellationToken)
    {
        await _stream.WriteAsync((byte[])[.. line, (byte)'\n'], cancellationToken).ConfigureAwait(false);
        await _stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
