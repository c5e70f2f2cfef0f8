using MemOS.Transfer.Importers;

namespace MemOS.Transfer;

/// <summary>Counts what an import would bring in.</summary>
internal sealed class PreviewCounter
{
    private const int MostSamples = 5;
    private const int LongestSample = 120;

    private readonly HashSet<string> _contexts = [];
    private readonly List<string> _samples = [];
    private int _messages;
    private int _memories;
    private DateTimeOffset? _earliest;
    private DateTimeOffset? _latest;

    public void Add(ImportItem item)
    {
        if (item.Message is { } message)
        {
            _messages++;
            Add(message.Conversation, message.Time, message.Text);
        }
        else if (item.Memory is { } memory)
        {
            _memories++;
            Add(memory.Context, memory.SaidAt, memory.Payload.Text ?? "");
        }
    }

    public ImportPreview Result(ImportFormat format, int badLines) => new(format, _messages, _memories, _contexts.Count, _earliest, _latest, [.. _samples], badLines);

    private void Add(string? context, DateTimeOffset? time, string text)
    {
        if (context is not null)
        {
            _contexts.Add(context);
        }

        _earliest = time < _earliest || _earliest is null ? time ?? _earliest : _earliest;
        _latest = time > _latest || _latest is null ? time ?? _latest : _latest;
        if (_samples.Count < MostSamples && text.Length > 0)
        {
            _samples.Add(text.Length <= LongestSample ? text : $"{text.AsSpan(0, LongestSample)}…");
        }
    }
}
