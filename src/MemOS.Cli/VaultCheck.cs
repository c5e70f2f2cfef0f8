using System.Collections.Immutable;
using System.Globalization;
using MemOS.Cubes;
using MemOS.Reader;
using MemOS.Vaults;

namespace MemOS.Cli;

/// <summary>What a full reading of a vault found.</summary>
/// <remarks>Reading a row checks its checksum, and opening a payload its hash, in the engine; what is checked here is that the parts fit together.</remarks>
/// <param name="Messages">Messages read.</param>
/// <param name="Cubes">Cubes read.</param>
/// <param name="Versions">Versions read, on all branches.</param>
/// <param name="Payloads">Different payload files read.</param>
/// <param name="Problems">What is wrong, without content; empty when the vault is whole.</param>
internal sealed record VaultCheck(long Messages, long Cubes, long Versions, long Payloads, ImmutableArray<string> Problems)
{
    private const int MostProblems = 100;

    public static VaultCheck Of(IVaultStore store, CancellationToken cancellationToken) => store.Read(reader => new Check(store, reader, cancellationToken).Run());

    private sealed class Check(IVaultStore store, IVaultReader reader, CancellationToken cancellationToken)
    {
        private readonly List<string> _problems = [];
        private readonly HashSet<ContentHash> _payloads = [];
        private readonly HashSet<CubeId> _cubes = [];
        private long _messages;
        private long _versions;

        public VaultCheck Run()
        {
            try
            {
                ReadMessages();
                foreach (MemCube current in reader.ReadCurrent())
                {
                    ReadChain(current.Id, BranchName.Main);
                }

                foreach (Branch branch in reader.ReadBranches())
                {
                    foreach (MemCube current in reader.ReadBranch(branch.Name))
                    {
                        ReadChain(current.Id, branch.Name);
                    }
                }

                Compare(reader.Statistics());
            }
            catch (MemOSException exception) when (exception.Code is ErrorCodes.Corrupted)
            {
                _problems.Add(exception.Message);
            }

            return new VaultCheck(_messages, _cubes.Count, _versions, _payloads.Count, [.. _problems]);
        }

        private void ReadMessages()
        {
            long last = 0;
            foreach (Message message in reader.ReadMessages())
            {
                cancellationToken.ThrowIfCancellationRequested();
                _messages++;
                if (message.Number <= last)
                {
                    Report($"message number {message.Number} follows {last}");
                }

                last = message.Number;
            }
        }

        private void ReadChain(CubeId id, BranchName branch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _cubes.Add(id);
            MemCube? before = null;
            foreach (MemCube version in reader.History(id, branch))
            {
                _versions++;
                if (before is not null && (version.Version != before.Version + 1 || version.Sequence <= before.Sequence || before.TxTo != version.TxFrom))
                {
                    Report($"cube {id}: version {version.Version} does not follow version {before.Version}");
                }

                ReadParts(version);
                before = version;
            }

            if (before is not { IsCurrent: true })
            {
                Report($"cube {id}: the last version on '{branch}' is not current");
            }
        }

        private void ReadParts(MemCube version)
        {
            foreach (MessageSource source in version.Sources)
            {
                if (source.Number > 0 && reader.FindMessage(source.Number) is null)
                {
                    Report($"cube {version.Id}: message {source.Number}, a source of version {version.Version}, is missing");
                }
            }

            if (version.Payload is StoredPayload stored && _payloads.Add(stored.Hash))
            {
                using Stream bytes = store.OpenPayload(stored.Hash);
                if (bytes.Length != stored.Length)
                {
                    Report($"cube {version.Id}: payload {stored.Hash} has {bytes.Length} bytes, not {stored.Length}");
                }
            }
        }

        private void Compare(VaultStatistics counted)
        {
            if (counted.Messages != _messages)
            {
                Report($"the vault counts {counted.Messages} messages but holds {_messages}");
            }

            if (counted.Versions != _versions)
            {
                Report($"the vault counts {counted.Versions} versions but holds {_versions}");
            }
        }

        private void Report(FormattableString problem)
        {
            if (_problems.Count < MostProblems)
            {
                _problems.Add(problem.ToString(CultureInfo.InvariantCulture));
            }
        }
    }
}
