namespace MemOS.Server.Auth;

/// <summary>Who gets in.</summary>
/// <param name="Key">The key to ask for; null for none.</param>
/// <param name="OnlyLocalNames">
/// Whether the host that a request names must be this machine. Without a key, that keeps out web pages whose name was made to point here.
/// </param>
internal sealed record RequestGateOptions(AdminKey? Key, bool OnlyLocalNames);
