using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MemOS.Reader;

namespace MemOS.Evaluation.Datasets.Talks;

/// <summary>Reads our own labelled talks: those about projects that <c>tools/MemOS.TalkBuilder</c> writes, and short ones in several languages.</summary>
public sealed class TalkReader : IDatasetReader
{
    // By domain. The two sides share neither domains nor padding.
    private static readonly ImmutableHashSet<string> HeldOut = ["bakery", "cluster", "firmware", "marathon", "novel", "relocation", "tower-game"];

    /// <inheritdoc/>
    public string Name => "talks";

    /// <inheritdoc/>
    public string Description => "Our own labelled talks, as tools/MemOS.TalkBuilder writes them. A file or a folder of JSON files.";

    /// <inheritdoc/>
    public DatasetSplit SplitOf(string conversation) => HeldOut.Contains(conversation) ? DatasetSplit.HeldOut : DatasetSplit.Development;

    /// <inheritdoc/>
    public async IAsyncEnumerable<LabelledConversation> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (string file in DatasetFiles.Find(path, ".json"))
        {
            yield return Conversation(await ReadFileAsync(file, cancellationToken).ConfigureAwait(false));
        }
    }

    /// <summary>The common form of a talk.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/> when a question names a message that is not there.</exception>
    public static LabelledConversation Conversation(TalkFile talk)
    {
        ArgumentNullException.ThrowIfNull(talk);
        HashSet<string> ids = [.. talk.Messages.Select(message => message.Id)];
        if (talk.Questions.FirstOrDefault(question => !question.Evidence.All(ids.Contains)) is { } question)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"Question '{question.Id}' of the talk '{talk.Name}' names a message that the talk does not have.");
        }

        return new LabelledConversation(talk.Name, [.. talk.Messages.Select(Message)], [.. talk.Questions.Select(Question)]);
    }

    private static async Task<TalkFile> ReadFileAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            FileStream stream = File.OpenRead(file);
            await using (stream.ConfigureAwait(false))
            {
                return await JsonSerializer.DeserializeAsync(stream, TalkJsonContext.Default.TalkFile, cancellationToken).ConfigureAwait(false)
                    ?? throw new MemOSException(ErrorCodes.InvalidInput, $"{file} is empty: it must hold a talk.");
            }
        }
        catch (JsonException exception)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, $"{file}, line {exception.LineNumber + 1}: this is not a labelled talk.", exception);
        }
    }

    private static Message Message(TalkMessage message) => new()
    {
        Id = message.Id,
        Conversation = message.Session,
        Role = message.Role is "assistant" ? MessageRole.Assistant : MessageRole.User,
        Speaker = message.Speaker,
        Time = message.Time,
        Text = message.Text,
    };

    private static LabelledQuestion Question(TalkQuestion question) => new()
    {
        Id = question.Id,
        Text = question.Text,
        Category = question.Category,
        Evidence = [.. question.Evidence],
        IsUnanswerable = question.Evidence.IsEmpty,
    };
}
