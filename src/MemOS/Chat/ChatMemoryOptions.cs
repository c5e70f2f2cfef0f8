using MemOS.Api;
using Microsoft.Extensions.Logging;

namespace MemOS.Chat;

/// <summary>How a chat client remembers.</summary>
public sealed class ChatMemoryOptions
{
    /// <summary>When the client turns to its memory; before and after every call by default.</summary>
    public ChatMemoryMode Mode { get; set; }

    /// <summary>
    /// Where exchanges are stored. Without a session, the <c>ConversationId</c> of the call is the session. The whole vault by default.
    /// </summary>
    public MemoryScope Store { get; set; } = new();

    /// <summary>Where memories are searched for; the whole vault by default, whatever the session.</summary>
    public MemoryScope Search { get; set; } = new();

    /// <summary>The vault that is searched, when it is another than the one that exchanges are stored in; null for the same.</summary>
    public IMemoryClient? SearchIn { get; set; }

    /// <summary>At most so many memories for a prompt, 1 to 1,000; 10 by default.</summary>
    public int Limit { get; set; } = 10;

    /// <summary>At most so many tokens of memories for a prompt (characters / 4); 1,500 by default.</summary>
    public int TokenBudget { get; set; } = 1500;

    /// <summary>
    /// Where not all memories fit the budget, those behind half of it are cut to their best sentences of about so many tokens, 8 to 1,000; 30 by default, null to
    /// leave out what does not fit whole.
    /// </summary>
    public int? ExcerptTokens { get; set; } = 30;

    /// <summary>Memories of lower relevance are left out, 0 to 1; 0 by default.</summary>
    public double MinimumRelevance { get; set; }

    /// <summary>How long recall may take before the call goes on without memories; 5 seconds by default.</summary>
    public TimeSpan RecallTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long storing may take before it is given up, with an error in the log; 30 seconds by default.</summary>
    public TimeSpan StoreTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Where to log that memory failed; null for nowhere. Content is never logged.</summary>
    public ILoggerFactory? Loggers { get; set; }

    /// <summary>What measures the timeouts.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    internal ChatMemoryOptions Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Limit, 1000);
        ArgumentOutOfRangeException.ThrowIfLessThan(TokenBudget, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ExcerptTokens ?? 8, 8);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ExcerptTokens ?? 8, 1000);
        ArgumentOutOfRangeException.ThrowIfNegative(MinimumRelevance);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MinimumRelevance, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(RecallTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(StoreTimeout, TimeSpan.Zero);
        ArgumentNullException.ThrowIfNull(Store);
        ArgumentNullException.ThrowIfNull(Search);
        return (ChatMemoryOptions)MemberwiseClone(); // later changes have no effect
    }
}
