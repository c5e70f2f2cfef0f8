using System.Runtime.CompilerServices;
using System.Text.Json;
using MemOS.Reader;
using MemOS.Transfer.Importers;
using MemOS.Vaults;

namespace MemOS.Transfer;

/// <summary>Brings files into a vault (paper, MemLoader): conversations as messages, documents as passages.</summary>
/// <remarks>
/// Lists and JSON Lines are read as a stream, so that a file may be larger than memory. Messages without an id get one made from their content: a
/// file that is imported twice is stored once. Safe for use from several threads.
/// </remarks>
public sealed class MemLoader
{
    private readonly TimeProvider _clock;
    private readonly ImportOptions _options;

    /// <summary>Makes a loader.</summary>
    /// <param name="clock">The time of messages that give none.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is not between 1 and 10,000.</exception>
    public MemLoader(TimeProvider clock, ImportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(clock);
        (_clock, _options) = (clock, options ?? new ImportOptions());
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.BatchSize, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.BatchSize, MessageRules.MaximumMessages, nameof(options));
    }

    /// <summary>Tells what a file is, from its content.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/> when it is nothing that can be read, <see cref="ErrorCodes.StorageFailed"/>.</exception>
    public static async Task<ImportFormat> DetectAsync(string path, CancellationToken cancellationToken = default)
    {
        using FileStream stream = Open(path);
        byte[] head = new byte[(int)Math.Min(stream.Length, FormatDetector.HeadLength)];
        int read = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return FormatDetector.Detect(head.AsSpan(0, read), read == stream.Length, path);
    }

    /// <summary>Reads the messages of a conversation file, as a stream.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">What it is: a format of chats: LoCoMo, chat JSON or JSON Lines.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/>, naming file and place; <see cref="ErrorCodes.StorageFailed"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The format is not one of chats.</exception>
    public async IAsyncEnumerable<Message> ReadMessagesAsync(string path, ImportFormat format, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using FileStream stream = Open(path);
        await foreach (Message message in ReadAsync(stream, path, format, cancellationToken).ConfigureAwait(false))
        {
            yield return message;
        }
    }

    /// <summary>Reads a document.</summary>
    /// <param name="path">The file: UTF-8, or UTF-16 with a byte order mark. Its name becomes the document's name, its time of change the document's time.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/>, <see cref="ErrorCodes.StorageFailed"/>.</exception>
    public async Task<DocumentInput> ReadDocumentAsync(string path, CancellationToken cancellationToken = default)
    {
        using FileStream stream = Open(path);
        return new DocumentInput
        {
            Name = _options.Conversation ?? Path.GetFileName(path),
            Text = await TextStreams.ReadAsync(stream, path, cancellationToken).ConfigureAwait(false),
            Tags = _options.Tags,
            Time = new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero),
        };
    }

    /// <summary>Reads a file and stores what is in it.</summary>
    /// <param name="vault">Where to.</param>
    /// <param name="path">The file.</param>
    /// <param name="format">What it is; null to tell from its content.</param>
    /// <param name="progress">Told after each write; null for nobody.</param>
    /// <param name="cancellationToken">Stops after the write at hand; what was written stays.</param>
    /// <exception cref="MemOSException">The file cannot be read or a message in it cannot be stored; what was written before stays.</exception>
    public async Task<ImportSummary> LoadAsync(
        MemoryVault vault, string path, ImportFormat? format = null, IProgress<ImportProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vault);
        ImportFormat known = format ?? await DetectAsync(path, cancellationToken).ConfigureAwait(false);
        if (known is ImportFormat.VaultExport)
        {
            RestoreSummary restored = await VaultImporter.LoadAsync(vault, path, progress, cancellationToken).ConfigureAwait(false);
            return new ImportSummary(known, restored.Messages, restored.Messages, 0, 0, 0, restored.Cubes);
        }

        LoadCounter counter = new(vault, path, _options, progress);
        if (ForeignFormats.SystemOf(known) is not null)
        {
            using FileStream foreign = Open(path);
            await foreach (ImportItem item in ReadForeignAsync(foreign, path, known, cancellationToken).ConfigureAwait(false))
            {
                await counter.AddAsync(item, foreign, cancellationToken).ConfigureAwait(false);
            }

            await counter.FlushAsync(foreign, cancellationToken).ConfigureAwait(false);
            return counter.Summary(known);
        }

        if (known is ImportFormat.Markdown or ImportFormat.PlainText)
        {
            await counter.AddAsync(await ReadDocumentAsync(path, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            return counter.Summary(known);
        }

        using FileStream stream = Open(path);
        MemLoader reader = new(_clock, _options with { BadLine = counter.BadLine });
        await foreach (Message message in reader.ReadAsync(stream, path, known, cancellationToken).ConfigureAwait(false))
        {
            await counter.AddAsync(message, stream, cancellationToken).ConfigureAwait(false);
        }

        await counter.FlushAsync(stream, cancellationToken).ConfigureAwait(false);
        return counter.Summary(known);
    }

    /// <summary>Tells what an import of a file would bring in. Nothing is written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">What it is; null to tell from its content.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="MemOSException">The file cannot be read, as <see cref="LoadAsync"/> would find.</exception>
    public async Task<ImportPreview> PreviewAsync(string path, ImportFormat? format = null, CancellationToken cancellationToken = default)
    {
        ImportFormat known = format ?? await DetectAsync(path, cancellationToken).ConfigureAwait(false);
        PreviewCounter counter = new();
        int badLines = 0;
        MemLoader reader = new(_clock, _options with { BadLine = _options.BadLine is { } report ? problem => { badLines++; report(problem); } : null });
        await foreach (ImportItem item in reader.ReadItemsAsync(path, known, cancellationToken).ConfigureAwait(false))
        {
            counter.Add(item);
        }

        return counter.Result(known, badLines);
    }

    private async IAsyncEnumerable<ImportItem> ReadItemsAsync(string path, ImportFormat format, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (format is ImportFormat.Markdown or ImportFormat.PlainText)
        {
            DocumentInput document = await ReadDocumentAsync(path, cancellationToken).ConfigureAwait(false);
            foreach (Message passage in document.ToMessages(_clock.GetUtcNow()))
            {
                yield return new ImportItem(passage, null);
            }

            yield break;
        }

        using FileStream stream = Open(path);
        IAsyncEnumerable<ImportItem> items = ForeignFormats.SystemOf(format) is not null ? ReadForeignAsync(stream, path, format, cancellationToken)
            : format is ImportFormat.VaultExport ? VaultImporter.ReadAsync(stream, path, cancellationToken)
            : ReadAsync(stream, path, format, cancellationToken).Select(message => new ImportItem(message, null));
        await foreach (ImportItem item in items.ConfigureAwait(false))
        {
            yield return item;
        }
    }

    private IAsyncEnumerable<ImportItem> ReadForeignAsync(FileStream stream, string path, ImportFormat format, CancellationToken cancellationToken) => DecodedAsync(
        path,
        ForeignFileReader.ReadAsync(stream, format, new ForeignFile(ForeignFormats.SystemOf(format) ?? "", path, _clock.GetUtcNow(), _options.Tags), cancellationToken));

    internal static FileStream Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw TransferErrors.Unreadable(path, exception);
        }
    }

    private IAsyncEnumerable<Message> ReadAsync(FileStream stream, string path, ImportFormat format, CancellationToken cancellationToken)
    {
        ChatReader chat = new(path, _options.Conversation ?? Path.GetFileNameWithoutExtension(path), _clock.GetUtcNow());
        return DecodedAsync(path, format switch
        {
            ImportFormat.LoCoMo => ReadWholeAsync(stream, path, root => LoCoMoReader.Read(root, path), cancellationToken),
            ImportFormat.ChatJson when JsonStreams.StartsWithList(stream) => ReadListAsync(stream, path, chat, cancellationToken),
            ImportFormat.ChatJson => ReadWholeAsync(stream, path, root => chat.Read(root, null, ""), cancellationToken),
            ImportFormat.JsonLines => JsonLinesReader.ReadAsync(stream, path, chat, _options.BadLine, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Only files of chats are read as messages; load the others with LoadAsync."),
        });
    }

    private static async IAsyncEnumerable<T> DecodedAsync<T>(string path, IAsyncEnumerable<T> items)
    {
        await using IAsyncEnumerator<T> enumerator = items.GetAsyncEnumerator();
        while (await NextAsync(enumerator, path).ConfigureAwait(false))
        {
            yield return enumerator.Current;
        }
    }

    private static async IAsyncEnumerable<Message> ReadWholeAsync(
        Stream stream, string path, Func<JsonElement, IEnumerable<Message>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using JsonDocument document = await ParseAsync(stream, path, cancellationToken).ConfigureAwait(false);
        if (document.RootElement.ValueKind is not JsonValueKind.Object)
        {
            throw TransferErrors.Invalid(path, "the file must hold one JSON object.");
        }

        foreach (Message message in read(document.RootElement))
        {
            yield return message;
        }
    }

    private static async Task<JsonDocument> ParseAsync(Stream stream, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (JsonException exception)
        {
            throw TransferErrors.NotJson(path, exception);
        }
    }

    private static async IAsyncEnumerable<Message> ReadListAsync(
        Stream stream, string path, ChatReader chat, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int index = 0;
        await using IAsyncEnumerator<JsonElement> items = JsonSerializer.DeserializeAsyncEnumerable(stream, TransferJsonContext.Default.JsonElement, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(items, path).ConfigureAwait(false))
        {
            foreach (Message message in chat.Read(items.Current, ++index, $"[{index - 1}]"))
            {
                yield return message;
            }
        }
    }

    private static async ValueTask<bool> NextAsync<T>(IAsyncEnumerator<T> items, string path)
    {
        try
        {
            return await items.MoveNextAsync().ConfigureAwait(false);
        }
        catch (JsonException exception)
        {
            throw TransferErrors.NotJson(path, exception);
        }
        catch (InvalidOperationException exception)
        {
            throw TransferErrors.Undecodable(path, exception);
        }
    }
}
