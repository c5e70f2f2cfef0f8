namespace MemOS.Server.Auth;

/// <summary>Who gets in.</summary>
/// <param name="Admin">The key that opens everything; null where no key is asked for.</param>
/// <param name="Keys">The keys that open some vaults.</param>
/// <param name="OnlyLocalNames">
/// Whether the host that a request names, and the page that sent it, must be of this machine. Without a key, that keeps out the pages of others, and those whose name was made to point here.
/// </param>
/// <param name="KeyHeader">A further header that may hold the key, bare; null for none.</param>
internal sealed record RequestGateOptions(AdminKey? Admin, ApiKeys Keys, bool OnlyLocalNames, string? KeyHeader);
