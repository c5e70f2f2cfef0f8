namespace MemOS.Api;

/// <summary>The memories of one vault, wherever it lies: in this process or on a server. The same program works with both.</summary>
/// <remarks>
/// All members may be called concurrently. The vault is made when it is first used. Errors are <see cref="MemOSException"/>s with a code of
/// <see cref="ErrorCodes"/>; a server that cannot be reached is <see cref="ErrorCodes.Unreachable"/>, which is transient. A write that returned is on
/// disk and found by the next recall. Short forms are in <see cref="MemoryClientExtensions"/>.
/// </remarks>
public interface IMemoryClient
{
    /// <summary>The name of the vault.</summary>
    string Vault { get; }

    /// <summary>Remembers messages, word for word. A message whose id was stored before is reported, not stored again.</summary>
    Task<AddMessagesResponse> AddAsync(AddMessagesRequest request, CancellationToken cancellationToken = default);

    /// <summary>Remembers a document, passage by passage. Adding it again stores only what changed.</summary>
    Task<AddMessagesResponse> AddDocumentAsync(AddDocumentRequest request, CancellationToken cancellationToken = default);

    /// <summary>Finds memories for a question, best first.</summary>
    Task<RecallResponse> RecallAsync(RecallRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads a memory.</summary>
    /// <param name="cube">Its id.</param>
    /// <param name="version">The number of a version; null for the current one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when there is none.</returns>
    Task<CubeRecord?> GetAsync(Guid cube, int? version = null, CancellationToken cancellationToken = default);

    /// <summary>Lists the current memories, in the order in which they were last changed.</summary>
    Task<CubePage> ListAsync(CubeListRequest request, CancellationToken cancellationToken = default);

    /// <summary>Changes a memory: a new version. The old ones stay in its history.</summary>
    Task<CubeRecord> UpdateAsync(Guid cube, UpdateCubeRequest request, CancellationToken cancellationToken = default);

    /// <summary>Forgets what is named, with the messages behind it and everything derived from them. Before this returns, its bytes are gone from every file.</summary>
    Task<ForgetResponse> ForgetAsync(ForgetRequest request, CancellationToken cancellationToken = default);

    /// <summary>All versions of a memory, oldest first.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.CubeNotFound"/>.</exception>
    Task<CubeList> HistoryAsync(Guid cube, CancellationToken cancellationToken = default);

    /// <summary>Says where a memory came from, word for word, what came from it, and how it was used.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.CubeNotFound"/>.</exception>
    Task<ExplanationRecord> ExplainAsync(Guid cube, CancellationToken cancellationToken = default);

    /// <summary>Takes what somebody says about a memory: right, wrong, to be corrected or supplemented. A new version; nothing is lost.</summary>
    /// <returns>The memory as it is now.</returns>
    Task<CubeRecord> GiveFeedbackAsync(Guid cube, FeedbackRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Carries out what somebody says about memories in their own words: corrects, supplements, replaces a value, or forgets. The words are durable before anything is
    /// changed; every change is a new version.
    /// </summary>
    /// <returns>What was changed; or, when several memories could be meant, which.</returns>
    Task<SpokenFeedbackResponse> GiveFeedbackAsync(SpokenFeedbackRequest request, CancellationToken cancellationToken = default);
}
