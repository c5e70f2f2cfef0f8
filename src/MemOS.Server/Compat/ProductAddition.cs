using System.Collections.Immutable;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Json;
using MemOS.Api.Product;
using MemOS.Reader;
using MemOS.Vaults;

namespace MemOS.Server.Compat;

/// <summary>What a body of <c>POST /product/add</c> asks to remember.</summary>
/// <param name="Messages">Messages, without ids where the client gave none.</param>
/// <param name="Documents">Files with text in them.</param>
/// <param name="User">The user, or null.</param>
/// <param name="Task">The task id that the client chose, or null.</param>
/// <param name="Settle">Whether the caller waits for the finer reading.</param>
/// <param name="Content">A hash of all of it, to know it again.</param>
internal sealed record ProductAddition(Message[] Messages, DocumentInput[] Documents, string? User, string? Task, bool Settle, UInt128 Content)
{
    /// <summary>Reads and checks a body in full, before anything is stored.</summary>
    /// <exception cref="BodyFaultException">Something in it is not as it must be.</exception>
    /// <exception cref="MemOSException">It asks for what this server does not offer, or for something that cannot be stored.</exception>
    public static ProductAddition Read(ProductAddRequest request, DateTimeOffset now)
    {
        Refuse(request);
        bool sync = OneOf("async_mode", request.AsyncMode ?? "async", "async", "sync") == "sync";
        bool fine = OneOf("mode", request.Mode ?? "fine", "fast", "fine") == "fine";
        string? session = ProductCubes.Session(request.SessionId, request.ConversationId);
        ProductMessageReader reader = new(now, session, [.. request.CustomTags ?? []], ProductInfo.Read(request.Info, request.Source));
        reader.Read(request.Messages);
        if (request.MemoryContent is { } text)
        {
            reader.AddText(text);
        }

        if (reader.Messages.Count == 0 && reader.Documents.Count == 0)
        {
            throw new BodyFaultException("messages", "messages holds nothing to remember: give a text, or at least one message with a text.");
        }

        for (int i = 0; i < reader.Messages.Count; i++)
        {
            MessageRules.Require(reader.Messages[i], i);
        }

        return new ProductAddition([.. reader.Messages], [.. reader.Documents], request.UserId, Chosen(request.TaskId), sync && fine, HashOf([Raw(request.Messages), Raw(request.Info), request.Source, request.MemoryContent, session, request.UserId, .. request.CustomTags ?? []]));
    }

    /// <summary>The messages for one cube, with ids.</summary>
    public Message[] MessagesFor(VaultId vault, string seed) => [.. Messages.Select((message, i) => message with
    {
        Id = message.Id.Length > 0 ? message.Id : AddIds.IdOf(seed, i),
        Info = InfoFor(message.Info, vault),
    })];

    /// <summary>A document for one cube.</summary>
    public DocumentInput For(VaultId vault, DocumentInput document) => document with { Info = InfoFor(document.Info, vault) };

    /// <summary>A task id that a client chose.</summary>
    /// <exception cref="MemOSException">It is too long.</exception>
    public static string? Chosen(string? task)
    {
        MessageRules.RequireName(task, "task_id");
        return task;
    }

    /// <summary>A hash of what a request adds, by which it is known when it comes again.</summary>
    /// <param name="parts">All that makes another request of it; null is not the empty text.</param>
    public static UInt128 HashOf(ReadOnlySpan<string?> parts)
    {
        XxHash128 hash = new();
        foreach (string? part in parts)
        {
            hash.Append(MemoryMarshal.AsBytes((part ?? "\u0001").AsSpan()));
            hash.Append("\0"u8);
        }

        return hash.GetCurrentHashAsUInt128();
    }

    private static void Refuse(ProductAddRequest request)
    {
        if (request.IsUploadSkill == true)
        {
            throw new MemOSException("not_offered", "This server keeps no skills and fetches no address that a client names; send messages.");
        }

        if (request.DocPath is not null)
        {
            throw new MemOSException(ErrorCodes.InvalidInput, "This server opens no path that a client names: send the text of the document in messages.");
        }
    }

    private ImmutableSortedDictionary<string, string>? InfoFor(ImmutableSortedDictionary<string, string>? info, VaultId vault)
    {
        ImmutableSortedDictionary<string, string>? own = ProductInfo.WithUser(info, User, vault);
        return Task is null ? own : (own ?? ImmutableSortedDictionary<string, string>.Empty).SetItem(ProductInfo.Task, Task);
    }

    private static string OneOf(string field, string value, params ReadOnlySpan<string> allowed) =>
        allowed.Contains(value) ? value : throw new BodyFaultException(field, $"{field} must be {string.Join(" or ", allowed.ToArray())}.");

    private static string? Raw(JsonElement? json) => json?.GetRawText();
}
