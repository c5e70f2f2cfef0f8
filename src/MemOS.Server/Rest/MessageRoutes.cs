using MemOS.Api;
using MemOS.Reader;
using MemOS.Server.Auth;
using MemOS.Vaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MemOS.Server.Rest;

/// <summary>Messages and documents: add, read back.</summary>
internal static class MessageRoutes
{
    public static void MapMessages(this IEndpointRouteBuilder vault)
    {
        IEndpointRouteBuilder group = vault.MapGroup("").WithTags("Messages");
        group.MapPost("/messages", AddAsync).ProducesProblem(409);
        group.MapGet("/messages", ListAsync);
        group.MapPost("/documents", AddDocumentAsync);
        group.MapPost("/feedback", GiveFeedbackAsync).ProducesProblem(409).ProducesProblem(502);
    }

    /// <summary>Remembers messages. They are on disk and found by recall when the answer comes; facts are read out of them later.</summary>
    internal static async Task<Ok<AddMessagesResponse>> AddAsync(string vault, AddMessagesRequest request, CallerVaults vaults, CancellationToken cancellationToken) =>
        TypedResults.Ok(await vaults.CreateClient(new VaultId(vault)).AddAsync(request, cancellationToken));

    /// <summary>Remembers a document, passage by passage. Adding it again stores only what changed.</summary>
    internal static async Task<Ok<AddMessagesResponse>> AddDocumentAsync(string vault, AddDocumentRequest request, CallerVaults vaults, CancellationToken cancellationToken) =>
        TypedResults.Ok(await vaults.CreateClient(new VaultId(vault)).AddDocumentAsync(request, cancellationToken));

    /// <summary>
    /// Carries out what somebody says about memories in their own words: corrects, supplements, replaces a value, or forgets. When several memories could be meant, nothing
    /// changes and they are named.
    /// </summary>
    internal static async Task<Ok<SpokenFeedbackResponse>> GiveFeedbackAsync(string vault, SpokenFeedbackRequest request, CallerVaults vaults, CancellationToken cancellationToken) =>
        TypedResults.Ok(await vaults.CreateClient(new VaultId(vault)).GiveFeedbackAsync(request, cancellationToken));

    /// <summary>Reads stored messages back, word for word, in order of arrival.</summary>
    /// <param name="vault">The vault.</param>
    /// <param name="vaults">Opens vaults.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="conversation">Only those of this conversation.</param>
    /// <param name="after">Only those with a number above this one.</param>
    /// <param name="limit">At most so many, 1 to 1,000; 100 when missing.</param>
    internal static async Task<Ok<MessagePage>> ListAsync(
        string vault, CallerVaults vaults, CancellationToken cancellationToken, string? conversation = null, long after = 0, int? limit = null)
    {
        int most = RequestValues.Limit(limit, 100, 1000);
        await using VaultLease lease = await vaults.OpenAsync(new VaultId(vault), cancellationToken: cancellationToken);
        Message[] found = lease.Vault.Read(reader => (conversation is null ? reader.ReadMessages(Math.Max(after, 0) + 1) : reader.ReadConversation(conversation))
            .Where(message => message.Number > after).Take(most + 1).ToArray());
        return TypedResults.Ok(new MessagePage { Items = [.. found.Take(most).Select(MessageRequests.ToRecord)], Next = found.Length > most ? found[most - 1].Number : null });
    }
}
