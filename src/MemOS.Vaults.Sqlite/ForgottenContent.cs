using System.Text;
using System.Text.Json;
using MemOS.Cubes;

namespace MemOS.Vaults.Sqlite;

/// <summary>What one group of changes erases: the texts to be looked for afterwards, and the payload files to be removed.</summary>
internal sealed class ForgottenContent
{
    private ResidueSearch? _search;

    /// <summary>The texts, in every form in which they stood in the file. Made when first asked for: its filter is large, and most groups forget nothing.</summary>
    public ResidueSearch Search => _search ??= new ResidueSearch();

    /// <summary>Payloads that erased versions referred to.</summary>
    public HashSet<ContentHash> Payloads { get; } = [];

    public void Add(string? text)
    {
        if (text is null)
        {
            return;
        }

        Search.Add(Encoding.UTF8.GetBytes(text));
        JsonEncodedText escaped = JsonEncodedText.Encode(text, StoredJson.Compact.Options.Encoder);
        if (escaped.EncodedUtf8Bytes.Length != Encoding.UTF8.GetByteCount(text))
        {
            Search.Add(escaped.EncodedUtf8Bytes);
        }
    }

    public void Add(IEnumerable<string?>? texts)
    {
        foreach (string? text in texts ?? [])
        {
            Add(text);
        }
    }

    public void Add(StoredHeader header)
    {
        Add([header.Speaker, header.Context, header.Model, header.Watermark]);
        Add(header.Entities);
        Add(header.Tags);
        Add(header.Info);
        Add(header.Restricted?.SelectMany(pair => pair.Value.Append(pair.Key)));
        Add(header.Sources?.SelectMany(source => new[] { source.Id, source.Conversation }));
        Add(header.Lineage?.Select(edge => edge.Note));
    }

    public void Add(StoredMessage message)
    {
        Add(message.Attachments?.SelectMany(values => values));
        Add(message.ToolCalls?.SelectMany(values => values));
        Add(message.ToolCallId);
        Add(message.ContextText);
        Add(message.Tags);
        Add(message.Info);
    }

    private void Add(Dictionary<string, string>? info)
    {
        Add(info?.Keys);
        Add(info?.Values);
    }
}
