using System.Collections.Immutable;
using MemOS.Api.Product;
using MemOS.Reader;
using MemOS.Server.Auth;
using MemOS.Server.Compat.Wire;
using MemOS.Vaults;

namespace MemOS.Server.Compat.Chat;

/// <summary>Memory beside a chat of this wire: finds before the model is asked, stores after it has answered. A failure is logged and never fails the chat.</summary>
/// <param name="search">What to find; its cubes are read. Null where it is found otherwise.</param>
/// <param name="writable">The cubes that the exchange is stored in; none where it is not stored.</param>
/// <param name="user">The user.</param>
/// <param name="session">The session, or null.</param>
/// <param name="info">Metadata of what is stored.</param>
internal sealed class ChatMemories(ProductSearch? search, IReadOnlyList<VaultId> writable, string user, string? session, ImmutableSortedDictionary<string, string> info)
{
    /// <summary>Reads the part of a body of <c>/product/chat</c> that is about memory.</summary>
    /// <exception cref="BodyFaultException">Something in it is not as it must be.</exception>
    public static ChatMemories Read(WireBody body, CallerVaults host, DateTimeOffset now)
    {
        string user = body.Required("user_id");
        string? session = ProductCubes.Session(body.Text("session_id"), body.Text("conversation_id"));
        ProductSearch search = ProductSearch.Read(
            new ProductSearchRequest
            {
                Query = body.Required("query"),
                UserId = user,
                ReadableCubeIds = body.Texts("readable_cube_ids"),
                MemCubeId = body.Text("mem_cube_id"),
                Mode = body.Text("mode"),
                SessionId = session,
                TopK = body.Count("top_k", 1, 600),
                Relativity = body.Number("relativity"),
                Threshold = body.Number("threshold"),
                IncludePreference = body.Flag("include_preference"),
                PrefTopK = body.Count("pref_top_k", 0, 600),
                SearchToolMemory = false,
                Filter = body.Json("filter"),
            },
            now);
        VaultId[] writable = body.Flag("add_message_on_answer", true) ? ProductCubes.Named(body.Texts("writable_cube_ids"), body.Text("mem_cube_id"), user) : [];
        return new ChatMemories(search.Checked(), host.RequireOpen(writable), user, session, ImmutableSortedDictionary<string, string>.Empty);
    }

    /// <summary>Finds memories.</summary>
    public async Task<ProductSearchData?> FindAsync(CallerVaults host, CubeWhereabouts whereabouts, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            return search is null ? null : await ProductSearching.FindAsync(search, host, whereabouts, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            ServerLog.ChatWithoutMemory(logger, ServerLog.CodeOf(e), e);
            return null;
        }
    }

    /// <summary>What the model is shown of what was found, a line each, preferences first.</summary>
    public static IReadOnlyList<string> Lines(ProductSearchData? found) => found is null ? []
        : [.. found.PrefMem.Concat(found.TextMem).Concat(found.ToolMem).SelectMany(bucket => bucket.Memories).Select(item => item.Memory)];

    /// <summary>Stores the question, and the answer when there is one. Not cancelled with the call: what was said has been said.</summary>
    public async Task StoreAsync(ChatAsk ask, string? answer, CallerVaults host, TimeProvider clock, ILogger logger)
    {
        List<Message> said = [];
        Add(ask.OwnWords, MessageRole.User);
        Add(MemOS.Chat.ConversationMemory.Own(answer), MessageRole.Assistant);
        if (said.Count == 0)
        {
            return;
        }

        foreach (VaultId cube in writable)
        {
            try
            {
                await host.ObserveAsync(
                    "create_memory",
                    cube,
                    async () =>
                    {
                        await using VaultLease lease = await host.OpenAsync(cube, create: true);
                        return await lease.Vault.AddAsync([.. said.Select(message => message with { Info = ProductInfo.WithUser(info, user, cube) })], host.Caller);
                    },
                    added => added.SelectMany(message => message.Cubes));
            }
            catch (Exception e) // nobody can cancel it, so whatever it is, it is memory's
            {
                ServerLog.ChatNotStored(logger, cube.Value, ServerLog.CodeOf(e), e);
            }
        }

        void Add(string? text, MessageRole role)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                said.Add(new Message { Id = "", Conversation = session, Role = role, Text = MessageRules.Beginning(text, MessageRules.MaximumTextLength), Time = clock.GetUtcNow() });
            }
        }
    }
}
